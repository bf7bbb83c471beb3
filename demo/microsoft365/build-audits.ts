import type { Seeded } from '../aws/random.ts';
import type { M365Audit, M365User } from './model.ts';

const activities = [
  ['Add member to role', 'RoleManagement', 'Role'],
  ['Update conditional access policy', 'Policy', 'Policy'],
  ['Add user', 'UserManagement', 'User'],
  ['User registered security info', 'UserManagement', 'User'],
  ['Consent to application', 'ApplicationManagement', 'ServicePrincipal'],
] as const;

/** Changes of the last six days, the newest first as Microsoft lists them. */
export function auditsOf(chance: Seeded, now: Date, members: readonly M365User[]): M365Audit[] {
  const made = Array.from({ length: 40 }, (_, n): M365Audit => {
    const [activity, category, type] = activities[n % activities.length] ?? activities[0];
    const by = members[chance.between(`audit/by/${n}`, 0, Math.max(0, members.length - 1))];
    const target = members[chance.between(`audit/target/${n}`, 0, Math.max(0, members.length - 1))];
    const secondsAgo = chance.between(`audit/at/${n}`, 7_200, 6 * 86_400);
    return {
      id: `Directory_${chance.hex(`audit/${n}`, 8)}_${n}`,
      at: new Date(now.getTime() - secondsAgo * 1000).toISOString().replace('Z', '7215Z'),
      activity,
      category,
      succeeded: n % 11 !== 5,
      by: { type: 'user', id: by?.id ?? '', displayName: by?.displayName ?? '' },
      targets: target ? [{ type, id: target.id, displayName: target.displayName }] : [],
    };
  });
  return made.sort((a, b) => (a.at < b.at ? 1 : -1));
}
