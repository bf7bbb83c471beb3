import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Dataset } from '../../collectors/dataset.ts';
import { derive, type Derived } from '../../collectors/derive.ts';
import { microsoft365 } from '../../collectors/microsoft365/index.ts';
import { digest } from '../../evidence-model/digest.ts';
import { isUnknown } from '../../evidence-model/unknown.ts';
import { fieldsRead } from '../hostile/faults.ts';
import { haveSamples, sample } from '../support/samples.ts';

/*
 * Every answer that Microsoft's documentation publishes of something that a dataset reads, read into records: no item
 * is dropped, and everything that the dataset reads of it is in a record. Where the documentation left out what makes an
 * item one, that is put in, and counted.
 */
interface Page {
  readonly dataset: string;
  readonly page: string;
  /** Published as one thing, or as a part of one; how it comes in a listing. */
  readonly as?: (body: Record<string, unknown>) => unknown;
}

const one = (body: Record<string, unknown>) => ({ value: ['value' in body ? body['value'] : body] });
const pages: readonly Page[] = [
  { dataset: 'admin-consent-request-policy', page: 'adminConsentRequestPolicy' },
  { dataset: 'app-role-assignments', page: 'servicePrincipal-appRoleAssignedTo' },
  { dataset: 'applications', page: 'applications' },
  { dataset: 'authentication-methods-policy', page: 'authenticationMethodsPolicy' },
  { dataset: 'authorization-policy', page: 'authorizationPolicy' },
  { dataset: 'authorization-policy', page: 'authorizationPolicy-v2' },
  { dataset: 'conditional-access-policies', page: 'conditionalAccess-policies' },
  { dataset: 'conditional-access-policies', page: 'conditionalAccess-policy-get', as: one },
  { dataset: 'device-compliance-policies', page: 'deviceCompliancePolicies' },
  { dataset: 'device-compliance-policies', page: 'windows10CompliancePolicy', as: one },
  { dataset: 'devices', page: 'devices' },
  { dataset: 'directory-audits', page: 'directoryAudits' },
  { dataset: 'domains', page: 'domains' },
  { dataset: 'group-settings', page: 'groupSettings' },
  { dataset: 'groups', page: 'groups' },
  { dataset: 'legacy-sign-ins', page: 'signIns' },
  { dataset: 'managed-devices', page: 'managedDevices' },
  { dataset: 'named-locations', page: 'conditionalAccess-namedLocations' },
  { dataset: 'named-locations', page: 'namedLocation-get', as: one },
  { dataset: 'oauth2-permission-grants', page: 'oauth2PermissionGrants' },
  { dataset: 'organization', page: 'organization' },
  { dataset: 'risk-detections', page: 'riskDetections' },
  { dataset: 'risky-users', page: 'riskyUsers' },
  { dataset: 'role-assignable-group-members', page: 'group-members' },
  { dataset: 'role-assignment-schedules', page: 'roleAssignmentScheduleInstances' },
  { dataset: 'role-assignments', page: 'roleAssignments' },
  {
    dataset: 'role-management-policies',
    page: 'roleManagementPolicyRules',
    as: (body) => ({
      value: [{ id: 'assignment', roleDefinitionId: 'role', policy: { rules: body['value'] } }],
    }),
  },
  { dataset: 'administrator-methods', page: 'user-authentication-methods' },
  { dataset: 'secure-score', page: 'secureScores' },
  { dataset: 'secure-score-controls', page: 'secureScoreControlProfiles' },
  { dataset: 'security-defaults', page: 'identitySecurityDefaultsEnforcementPolicy' },
  { dataset: 'service-principals', page: 'servicePrincipals' },
  {
    dataset: 'sharepoint-settings',
    page: 'sharepointSettings',
    as: (body) => body['value'],
  },
  { dataset: 'subscribed-skus', page: 'subscribedSkus' },
  { dataset: 'user-registration-details', page: 'userRegistrationDetails' },
  { dataset: 'users', page: 'users-list' },
  { dataset: 'users', page: 'user-get', as: one },
];

/** Pages about what no dataset reads, and why. */
const elsewhere: Readonly<Record<string, string>> = {
  'aad-advanced-queries': 'how to ask, with users as an example',
  'authenticationMethodsPolicy-beta': 'the preview, which is not asked for it',
  batch: 'not used',
  'credentialUserRegistrationDetails-beta': 'the preview, which is not asked for it',
  'delta-overview': 'not used',
  'delta-users': 'not used',
  deviceConfigurations: 'not read: what devices must be like is read as compliance policies',
  'directoryRole-members': 'the older way to role assignments',
  'directoryRoles-list': 'the older way to role definitions',
  errors: 'refusals, which have cases of their own',
  paging: 'how to ask',
  'query-parameters': 'how to ask',
  'roleAssignmentSchedules-beta': 'the preview, which is not asked for it',
  'roleAssignments-beta': 'the preview, which is not asked for it',
  'roleEligibilitySchedules-beta': 'the preview, which is not asked for it',
  roleEligibilitySchedules: 'requests for eligibility: what is read is what came of them, the instances',
  'security-alerts': 'not read: incidents are',
  'servicePrincipal-appRoleAssignments': 'the same grants, asked of the other side',
  'subscription-create': 'a write',
  throttling: 'a refusal, which has a case of its own',
  'user-authentication-methods-beta': 'the preview, which is not asked for it',
  'user-delta': 'not used',
  webhooks: 'not used',
};

/** What makes an item one, where the documentation left it out. */
const leftOut: Readonly<Record<string, unknown>> = {
  id: '00000000-0000-4000-8000-00000000000a',
  userPrincipalName: 'shortened@example.com',
  passwordCredentials: [],
  keyCredentials: [],
  isServiceDefault: false,
  prepaidUnits: { enabled: 1 },
};

/** What says the same whether it is there or not, and why. */
const alike: Readonly<Record<string, string>> = {
  'authenticationMethodsPolicy displayName':
    'it is the name of the policy itself, and methods have none here',
  'authenticationMethodsPolicy excludeTargets': 'the campaign has them here, and no method',
  'domains authenticationType': 'a word for a value stands there',
  'oauth2PermissionGrants consentType': 'a word for a value stands there',
  'oauth2PermissionGrants principalId': 'whose consent it is rests on the word before',
};
/** What a page writes in the place of a time. */
const forTime = '"String (timestamp)"';

const Published = z.object({
  blocks: z.array(z.object({ kind: z.string(), body: z.unknown().optional() })),
});
type Body = Record<string, unknown>;

/** Answers of a page that are objects; beside them there are bare counts. */
function answersOf(page: string): Body[] {
  const text = JSON.stringify(sample(`graph-docs/${page}.json`));
  const { blocks } = Published.parse(JSON.parse(text.replaceAll(forTime, '"2026-05-04T02:00:00Z"')));
  return blocks.flatMap(({ kind, body }) =>
    kind === 'response' && typeof body === 'object' && body !== null ? [body as Body] : [],
  );
}

function read(dataset: Dataset, answer: unknown): Derived {
  return derive(dataset, answer, {
    artifact: digest(new TextEncoder().encode('published')),
    none: false,
    partition: 'all',
    url: 'https://graph.microsoft.com/v1.0/',
    scope: { tenant: 'example.com', url: 'https://graph.microsoft.com' },
    parent: { id: 'parent', offers: [] },
    interval: { from: '2000-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' },
  });
}

/** The items of an answer, or the one that it is. */
const itemsOf = (answer: Body): Body[] =>
  Array.isArray(answer['value']) ? (answer['value'] as Body[]) : [answer];

/** The answer with what the documentation left out, and how much that was. */
function mended(dataset: Dataset, answer: Body): { readonly whole: Body; readonly put: number } {
  const whole = structuredClone(answer);
  let put = 0;
  const read = fieldsRead(dataset);
  for (const [n, item] of itemsOf(whole).entries())
    for (const [name, value] of Object.entries(leftOut))
      if (read.includes(name) && item[name] === undefined && needed(dataset, answer, n, name)) {
        item[name] = value;
        put += 1;
      }
  return { whole, put };
}

/** Whether an item is none without this. */
function needed(dataset: Dataset, answer: Body, n: number, name: string): boolean {
  if (name.endsWith('Credentials')) return true;
  const { rejects } = read(dataset, answer);
  const pointer = Array.isArray(answer['value']) ? `/value/${n}` : '';
  return rejects.some((reject) => reject.pointer === pointer && reject.issue.includes(`/${name}`));
}

/** The same without this property, wherever it stands. */
function without(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((each) => without(each, name));
  if (typeof value !== 'object' || value === null) return value;
  const held = Object.entries(value).filter(([key]) => key !== name);
  return Object.fromEntries(held.map(([key, each]) => [key, without(each, name)]));
}

/** Whether this property stands somewhere with a value. */
function tells(value: unknown, name: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, held]) => (key === name && held !== null) || tells(held, name));
}

const said = ({ records, rejects }: Derived) =>
  JSON.stringify([records.map(({ data }) => data), rejects.map(({ pointer }) => pointer)]);

const rows: string[] = [];
const total = { answers: 0, items: 0, records: 0, put: 0, properties: 0, facts: 0 };

describe.skipIf(!haveSamples)('answers of Microsoft’s documentation, item by item', () => {
  afterAll(() => {
    process.stdout.write(
      [
        '',
        '| page | dataset | answers | items | put in | records | properties read | known facts |',
        '|---|---|---|---|---|---|---|---|',
        ...rows,
        `| all | | ${total.answers} | ${total.items} | ${total.put} | ${total.records} | ${total.properties} | ${total.facts} |`,
        '',
      ].join('\n'),
    );
  });

  test('every page is read, or it is said why not', () => {
    const index = z.array(z.object({ file: z.string() })).parse(sample('graph-docs/index.json'));
    const named = [...pages.map(({ page }) => page), ...Object.keys(elsewhere)].toSorted();
    expect([...new Set(named)]).toEqual(index.map(({ file }) => file.replace('.json', '')).toSorted());
  });

  test.each(pages)('$page is whole in the records of $dataset', ({ dataset: id, page, as }) => {
    const dataset = microsoft365.datasets.find((each) => each.id === `microsoft365/${id}`)!;
    const row = { answers: 0, items: 0, put: 0, records: 0, facts: 0 };
    const met = new Set<string>();
    for (const body of answersOf(page)) {
      const { whole, put } = mended(dataset, (as?.(body) ?? body) as Body);
      const found = read(dataset, whole);
      expect(found.rejects, JSON.stringify(whole).slice(0, 400)).toEqual([]);
      // Nothing is dropped: each item, and each thing that stands beside the list, became a record.
      const pointers = new Set(found.records.map(({ pointer }) => pointer));
      expect(pointers.size).toBe(found.items);
      for (const name of fieldsRead(dataset)) {
        if (!tells(whole, name)) continue;
        met.add(name);
        if (alike[`${page} ${name}`] === undefined)
          expect(said(read(dataset, without(whole, name))), `${name} is in no record`).not.toBe(said(found));
      }
      row.answers += 1;
      row.items += found.items;
      row.put += put;
      row.records += found.records.length;
      for (const { data } of found.records)
        row.facts += Object.entries(data).filter(
          ([field, value]) => field !== 'id' && !isUnknown(value),
        ).length;
    }
    expect(row.answers).toBeGreaterThan(0);
    const { answers, items, put, records, facts } = row;
    rows.push(`| ${page} | ${id} | ${answers} | ${items} | ${put} | ${records} | ${met.size} | ${facts} |`);
    for (const [name, value] of Object.entries({ ...row, properties: met.size }))
      total[name as keyof typeof total] += value;
  });
});
