import { z } from 'zod';
import { Account, Group, NamedLocation, SignInExclusion, SignInPolicy } from '../../evidence-model/kinds.ts';
import { isId } from '../conditional-access/model.ts';
import { olderTrusted } from '../conditional-access/places.ts';
import { controlOverParts, need, type View } from '../control.ts';
import { all, fail, noData, notApplicable, pass, unless, type Finding } from '../finding.ts';
import { nameOf } from '../told.ts';

/** What a policy must tell, so that everything that it leaves out is known. */
const excluding = [
  ...(['excludeUsers', 'excludeGroups', 'excludeRoles', 'excludeGuests', 'excludeApplications'] as const),
  ...(['applicationFilter', 'excludeLocations', 'excludePlatforms', 'deviceFilter', 'conditions'] as const),
] as const;

/** What is left out, where it is listed; for what it is called, and whether it is there. */
const listings = {
  accounts: need(Account, ['name'], 'id'),
  groups: need(Group, ['name'], 'id'),
  places: need(NamedLocation, ['name'], 'id'),
};

export const mfaNoUntrackedExclusions = controlOverParts({
  id: 'mfa-no-untracked-exclusions',
  severity: 'critical',
  assertion:
    'At each reading, no enabled conditional access policy of a connected Microsoft 365 tenant that asked for a second factor or an authentication strength left anything out: no account, group, role, kind of guest, application, place, platform or device, and no condition was set of which nobody here knows what it does. Nor did one name an account, a group or a place there that was deleted. Whom policies take in in the first place, and who is in a group that is left out, was not judged.',
  board: 'Undisclosed exceptions are what void insurance answers.',
  remedy:
    'Take the listed accounts, groups and conditions out of what the policies exclude, or accept each as a dated exception with an owner and a safeguard.',
  collectors: ['microsoft365'],
  population:
    'policies of connected Microsoft 365 tenants, and each account, group, role, kind of guest, application, place, platform or device that one of them excludes',
  parameters: z.strictObject({}),
  parts: (part) => [
    part({
      over: need(SignInPolicy, ['mechanism', 'state', 'grants', 'strength', 'customFactors', ...excluding]),
      related: listings,
      test: (policy, { related, open }) =>
        asking(policy, () =>
          policy.given(excluding, ({ conditions, excludeUsers, excludeGroups, excludeLocations }) => {
            const there = (ids: readonly string[], name: keyof typeof listings) =>
              ids.filter(isListed).map((id) => {
                if (related(name, id).length > 0) return told;
                return unless(open(name), fail(`it leaves out ${id}, which is no longer there`));
              });
            return all([
              conditions.length === 0
                ? told
                : noData(`it sets ${conditions.join(' and ')}, and what that leaves out nobody here knows`),
              ...there(excludeUsers, 'accounts'),
              ...there(excludeGroups, 'groups'),
              ...there(excludeLocations, 'places'),
            ]);
          }),
        ),
    }),
    part({
      over: need(SignInExclusion, ['policy', 'type', 'what']),
      related: {
        ...listings,
        policies: need(SignInPolicy, ['name', 'mechanism', 'state', 'grants', 'strength', 'customFactors'], {
          id: 'policy',
        }),
      },
      test: (exclusion, { related }) =>
        exclusion.given(['type', 'what'], ({ type, what }) => {
          const [policy] = related('policies');
          const listing = { account: 'accounts', group: 'groups', place: 'places' } as const;
          const [found] = type in listing ? related(listing[type as keyof typeof listing], what) : [];
          const left = fail(
            `${policy ? nameOf(policy) : 'a policy'} leaves out the ${words[type] ?? type} ${found ? nameOf(found) : what}`,
          );
          return policy ? asking(policy, () => left) : left;
        }),
    }),
  ],
});

const told = pass('it tells all that it leaves out, each of which is judged for itself');

/** Names that are ids are of something that a listing has, but for the one of the addresses that older settings trust. */
const isListed = (name: string) => isId(name) && name !== olderTrusted;

const words: Readonly<Record<string, string>> = {
  guests: 'guests that are',
  'application-filter': 'applications that meet',
  'device-filter': 'devices that meet',
};

type Asked = View<{
  mechanism: string;
  state: string;
  grants: readonly string[];
  strength: string;
  customFactors: readonly string[];
}>;

/** Judges what an enabled policy leaves out that asks for a second factor. */
function asking(policy: Asked, judge: () => Finding): Finding {
  return policy.given(['mechanism', 'state'], ({ mechanism, state }) => {
    if (mechanism === 'security-defaults') return notApplicable('security defaults leave nobody out');
    if (state !== 'enabled') return notApplicable('the policy is not in force');
    return policy.given(['grants', 'strength', 'customFactors'], ({ grants, strength, customFactors }) =>
      grants.includes('mfa') || strength !== 'none' || customFactors.length > 0
        ? judge()
        : notApplicable('the policy asks for no second factor'),
    );
  });
}
