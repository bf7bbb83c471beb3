import type { Seeded } from '../aws/random.ts';
import type { M365Assignment, M365Audit, M365Policy, M365User } from './model.ts';

/** What happens in a directory, and to things of which kinds. */
const activities = [
  ['Add member to role', 'RoleManagement', ['User', 'Role']],
  ['Update conditional access policy', 'Policy', ['Policy']],
  ['Add user', 'UserManagement', ['User']],
  ['User registered security info', 'UserManagement', ['User']],
  ['Add owner to service principal', 'ApplicationManagement', ['ServicePrincipal', 'User']],
] as const;

interface Named {
  readonly id: string;
  readonly displayName: string;
}

/** What audits speak of. */
interface Directory {
  readonly members: readonly M365User[];
  readonly policies: readonly Pick<M365Policy, 'id' | 'name'>[];
  readonly roles: readonly { readonly id: string; readonly name: string }[];
  readonly pipeline: M365Assignment['principal'];
}

/** The directory writes down the telephone number that somebody registered for signing in. */
function registered(members: readonly M365User[], id: string) {
  const phone = members.find((member) => member.id === id)?.phone ?? '';
  const to = JSON.stringify([{ PhoneNumber: phone, AlternativePhoneNumber: null, Email: null }]);
  return [{ name: 'StrongAuthenticationUserDetails', from: '[]', to }];
}

/** Forty changes of the last six days, the newest first as Microsoft lists them; a program made some of them. */
export function auditsOf(chance: Seeded, now: Date, directory: Directory): M365Audit[] {
  const { members, policies, roles, pipeline } = directory;
  const named = ({ id, name }: { readonly id: string; readonly name: string }): Named => ({
    id,
    displayName: name,
  });
  const things: Readonly<Record<(typeof activities)[number][2][number], readonly Named[]>> = {
    User: members,
    Role: roles.map(named),
    Policy: policies.map(named),
    ServicePrincipal: [pipeline],
  };
  const one = (what: string, among: readonly Named[]): readonly Named[] => {
    const at = chance.between(what, 0, Math.max(0, among.length - 1));
    return among.slice(at, at + 1);
  };
  const made = Array.from({ length: 40 }, (_, n): M365Audit => {
    const [activity, category, kinds] = activities[n % activities.length] ?? activities[0];
    const byProgram = n % 8 === 7;
    const [by = pipeline] = byProgram ? [pipeline] : one(`audit/by/${n}`, members);
    const secondsAgo = chance.between(`audit/at/${n}`, 7_200, 6 * 86_400);
    return {
      id: `Directory_${chance.hex(`audit/${n}`, 8)}_${n}`,
      correlation: chance.uuid(`audit/correlation/${n}`),
      at: new Date(now.getTime() - secondsAgo * 1000).toISOString().replace('Z', '7215Z'),
      activity,
      category,
      succeeded: n % 11 !== 5,
      by: { type: byProgram ? 'app' : 'user', id: by.id, displayName: by.displayName },
      targets: kinds.flatMap((type) =>
        one(`audit/${type}/${n}`, things[type]).map(({ id, displayName }) => ({
          type,
          id,
          displayName,
          changed: activity === 'User registered security info' ? registered(members, id) : [],
        })),
      ),
    };
  });
  return made.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
