import { withAccess } from '../controls/access/rows.ts';
import { Register } from '../controls/declarations.ts';
import { AccountAccess } from '../evidence-model/kinds.ts';
import { evidenceOf, type Told } from '../test/controls/support.ts';
import { more } from '../test/controls/told.ts';
import { cloudAccess, organizationAccess, stated, tenantAccess } from '../test/controls/worlds/access.ts';

/*
 * How long it takes to say of everybody what they can do and what signing in takes: so many people, each with an account
 * in a tenant, in a GitHub organisation, in a team there, and in Identity Center with a permission set.
 */
for (const people of [10_000, 30_000]) {
  const each = <T>(make: (n: number) => T) => Array.from({ length: people }, (_, n) => make(n));
  const world = (
    [
      [
        'microsoft365/users',
        (n) => ({
          kind: 'account',
          id: `user-${n}`,
          name: `user-${n}@larkspur.example`,
          enabled: true,
          userType: 'member',
        }),
      ],
      [
        'github/members',
        (n) => ({
          kind: 'account',
          id: `1${n}`,
          name: `user-${n}`,
          root: false,
          role: 'member',
          managed: false,
        }),
      ],
      [
        'github/team-members',
        (n) => ({ kind: 'membership', id: `in-${n}`, group: '300', account: `1${n}`, role: 'member' }),
      ],
    ] as readonly (readonly [string, (n: number) => Told['records'][number]])[]
  ).reduce<readonly Told[]>(
    (told, [dataset, make]) => more(told, dataset, ...each(make)),
    [
      ...tenantAccess(),
      ...organizationAccess({ teams: [{ id: '300' }], grants: [{ holder: '300', holderType: 'group' }] }),
      ...cloudAccess({
        people: each((n) => ({ id: `center-${n}`, name: `user-${n}@larkspur.example` })),
        assigned: each((n) => ({
          account: `center-${n}`,
          role: n % 50 === 0 ? 'ps-administrator' : 'ps-reader',
        })),
      }),
    ],
  );
  const register = Register.parse(stated());
  // Whose the accounts are is told before, and not timed here.
  const evidence = evidenceOf(world, { register });
  const started = performance.now();
  const accounts = withAccess(evidence, register).subjects.of(AccountAccess.name).length;
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(`what ${accounts} accounts of ${people} people can do: ${seconds.toFixed(1)} s\n`);
}
