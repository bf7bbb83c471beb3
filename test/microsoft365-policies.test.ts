import { expect, test } from 'vitest';
import { derive } from '../collectors/derive.ts';
import { conditionalAccessPolicies } from '../collectors/microsoft365/conditional-access-policies.ts';
import { needsOf } from '../controls/control.ts';
import { mfaRequiredAdminsM365 } from '../controls/rules/mfa-required-admins-m365.ts';
import { digest } from '../evidence-model/digest.ts';
import { isUnknown } from '../evidence-model/unknown.ts';

/** A policy as Graph tells it: what is not set is null or empty, and there all the same. */
const policy = {
  id: '00000065-1111-4222-8333-444444444444',
  displayName: 'MFA for administrators',
  state: 'enabled',
  sessionControls: null,
  conditions: {
    clientAppTypes: ['all'],
    signInRiskLevels: [],
    userRiskLevels: [],
    platforms: null,
    locations: null,
    devices: null,
    applications: {
      includeApplications: ['All'],
      excludeApplications: [],
      includeUserActions: [],
      includeAuthenticationContextClassReferences: [],
      applicationFilter: null,
    },
    users: {
      includeUsers: ['All'],
      excludeUsers: [],
      includeGroups: [],
      excludeGroups: [],
      includeRoles: [],
      excludeRoles: [],
      includeGuestsOrExternalUsers: null,
      excludeGuestsOrExternalUsers: null,
    },
  },
  grantControls: {
    operator: 'AND',
    builtInControls: ['mfa'],
    customAuthenticationFactors: [],
    termsOfUse: [],
    authenticationStrength: null,
  },
};

/** What stands between a pass and this policy: fields that are not known, or that it could not be read at all. */
function open(value: unknown): string[] {
  const { records, rejects } = derive(
    conditionalAccessPolicies,
    { value: [value] },
    {
      artifact: digest(new Uint8Array()),
      none: false,
      partition: 'all',
      url: '',
      scope: {},
      parent: null,
      interval: null,
    },
  );
  const { fields } = needsOf(mfaRequiredAdminsM365).find(({ kind }) => kind === 'sign-in-policy')!;
  const [record] = records;
  return [
    ...rejects.map(({ issue }) => issue),
    ...fields.filter((field) => record === undefined || isUnknown(record.data[field])),
  ];
}

/** The same without one property, wherever it stands. */
function without(value: unknown, name: string): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  const held = Object.entries(value).filter(([key]) => key !== name);
  return Object.fromEntries(held.map(([key, each]) => [key, without(each, name)]));
}

const namesIn = (value: unknown): string[] =>
  Array.isArray(value) || typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, held]) => [name, ...namesIn(held)]);

test('of a policy that Graph tells whole everything that the verdict rests on is known', () => {
  expect(open(policy)).toEqual([]);
});

test('of a policy with a condition of another form than is known, what it asks of whom is not known', () => {
  const strange = { ...policy, conditions: { ...policy.conditions, platforms: 'all of them' } };
  expect(open(strange)).toEqual(
    expect.arrayContaining(['includePlatforms', 'includePrograms', 'transferMethods']),
  );
});

/** By the name alone nothing is judged; for how long somebody is signed in is another matter; one control needs no operator. */
const harmless = ['displayName', 'sessionControls', 'operator'];

test.each(namesIn(policy).filter((name) => !harmless.includes(name)))(
  'of a policy of which %s is left out something is not known',
  (name) => {
    expect(open(without(policy, name))).not.toEqual([]);
  },
);
