import { z } from 'zod';
import {
  Application,
  EffectiveMembership,
  Group,
  PermissionGrant,
  Principal,
  PrincipalPower,
  Reader,
  RoleAssignment,
} from '../../evidence-model/kinds.ts';
import { controlOverParts, need, type View } from '../control.ts';
import { askedEveryTime, highestRoles, readingRoles } from '../directory-roles.ts';
import { all, fail, noData, pass, type Finding } from '../finding.ts';
import { sortOf } from '../program-permissions.ts';
import { silent } from '../program-powers.ts';
import { nameOf, told } from '../told.ts';

/** Whoever reads was granted something: where nothing of it is told, something is left out. */
const nothingTold = noData('nothing is told of what it was granted, though it reads');

/** Nothing is concluded from what is not there while it may only not have been read. */
const whole = (...open: readonly (string | null)[]) =>
  open.map((why) => (why === null ? pass('all of it was read') : noData(why)));

export const collectorReadOnly = controlOverParts({
  id: 'collector-read-only',
  severity: 'high',
  assertion:
    'At each reading, nothing that was granted to what Exhibit read with changed anything: of a connected GitHub organisation, each permission of the App’s installation was one to read; of a connected Microsoft 365 tenant, the name of each permission that the program held by itself or for somebody who is signed in says that it only reads, and so does each directory role that it held by active assignment, its own or that of a group that it is in; of each active account of a connected AWS source, each action that policies of the role or user or of its groups allow, whatever denies or bounds it, was of the list of those that Exhibit asks for, and so was each of every role that it could take on in the accounts that are read. What resources of AWS allow by policies of their own, what roles of accounts that are not read and that no policy names may let in, and rights over Azure and inside of Exchange Online, were not looked at.',
  board: 'The watchman must not hold the keys.',
  remedy:
    'Take away every other grant from what is listed: `exhibit permissions` prints those that are needed. Read GitHub by an App, because of a token GitHub does not tell what it may.',
  collectors: ['github', 'microsoft365', 'aws'],
  population: 'Apps, programs, roles, users and tokens with which connected sources are read',
  parameters: z.strictObject({}),
  parts: (part) => [
    part({
      collectors: ['github'],
      over: need(Reader, ['name', 'type']),
      related: { installations: need(Application, ['name', 'permissions']) },
      test: (reader, { related, open }) =>
        reader.given(['name', 'type'], ({ name, type }) => {
          if (type !== 'app') return noData('GitHub does not tell what a token may');
          const installation = related('installations').find((each) => nameOf(each) === name);
          if (!installation)
            return noData(open('installations') ?? `GitHub does not list an installation of the App ${name}`);
          return installation.given(['permissions'], ({ permissions }) =>
            permissions.length === 0 ? nothingTold : all(permissions.map(levelFinding)),
          );
        }),
    }),
    part({
      collectors: ['microsoft365'],
      over: need(Reader, []),
      related: {
        assignments: need(RoleAssignment, ['account', 'accountType', 'role']),
        // What is read of each group is due for everything: what is in one holds what it holds.
        groups: need(Group, ['assignableToRoles']),
        memberships: need(EffectiveMembership, ['group'], 'account'),
        grants: need(PermissionGrant, ['holder', 'way', 'permissions']),
      },
      test: (reader, { related, open }) => {
        const groups = told(related('memberships'), ['group']);
        const holders = new Set([reader.id, ...groups.known.map(({ group }) => group)]);
        const own = told(related('grants'), ['holder', 'way']).known.filter(
          ({ holder, way }) => holder === reader.id && way === 'by-itself',
        );
        return all([
          pass('each of its permissions and roles is one that only reads'),
          ...related('grants').map((each) => grantFinding(each, reader.id)),
          ...related('assignments').map((each) => roleFinding(each, holders)),
          ...(groups.untold ? [groups.untold] : []),
          ...(own.length === 0 ? [nothingTold] : []),
          ...whole(open('grants'), open('assignments'), open('groups'), open('memberships')),
        ]);
      },
    }),
    part({
      collectors: ['aws'],
      over: need(Reader, ['name', 'type']),
      related: {
        principals: need(Principal, ['name'], { cloudAccount: 'cloudAccount', name: 'name', type: 'type' }),
        powers: need(PrincipalPower, ['changes', 'changesBy'], 'id'),
      },
      test: (reader, { related }) =>
        reader.given(['name', 'type'], ({ name, type }) => {
          if (type === 'root') return fail('it reads as the root user, who may do everything');
          const [principal] = related('principals');
          const [power] = principal ? related('powers', principal.id) : [];
          if (!power) return noData(`what the ${type} ${name} was granted is in no reading`);
          return power.given(['changes', 'changesBy'], ({ changes, changesBy }) =>
            changes ? fail(`it ${changesBy}`) : pass(`it ${changesBy}`),
          );
        }),
    }),
  ],
});

function levelFinding(permission: string): Finding {
  const level = permission.slice(permission.lastIndexOf(':') + 1).trim();
  if (level === 'read') return pass('each of its permissions is one to read');
  return level === 'write' || level === 'admin'
    ? fail(`its installation was granted ${permission}`)
    : noData(`whether ${permission}, which its installation was granted, only reads is not known`);
}

function grantFinding(
  grant: View<{ readonly holder: string; readonly permissions: readonly string[] }>,
  reader: string,
): Finding {
  return grant.given(['holder'], ({ holder }) => {
    const none = pass('it is another program’s');
    if (holder !== reader) return none;
    return grant.given(['permissions'], ({ permissions }) =>
      all([
        none,
        ...permissions.map((each) => {
          const sort = sortOf(each);
          if (sort === 'reads') return none;
          return sort === 'changes'
            ? fail(`it was granted ${each}`)
            : noData(`it was granted ${each}, and whether that only reads its name does not say`);
        }),
      ]),
    );
  });
}

function roleFinding(
  assignment: View<{ readonly account: string; readonly accountType: string; readonly role: string }>,
  holders: ReadonlySet<string>,
): Finding {
  return assignment.given(['account', 'accountType', 'role'], ({ account, accountType, role }) => {
    const id = role.toLowerCase();
    const none = pass('it holds no role that changes anything');
    if (readingRoles.includes(id)) return none;
    if (!holders.has(account)) return accountType === 'group' ? silent(account, role) : none;
    return askedEveryTime.has(id) || highestRoles.includes(id)
      ? fail(`it holds the directory role ${role}, which changes things`)
      : noData(`it holds the directory role ${role}, and whether that only reads is not known`);
  });
}
