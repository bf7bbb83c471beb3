import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import type { Register } from '../../controls/declarations.ts';
import { AccountAccess, PersonAccess } from '../../evidence-model/kinds.ts';
import type { Subject } from '../../evidence-model/subject.ts';
import { isUnknown } from '../../evidence-model/unknown.ts';
import { losses } from './losses.ts';
import { evidenceOf, judged, type Told } from './support.ts';
import { cloudAccess, organizationAccess, stated, tenant, tenantAccess } from './worlds/access.ts';
import { wholly } from './worlds/changes.ts';
import { globalAdministrator } from './worlds.ts';

type Said = z.input<typeof Register>;

const controls = [
  'mfa-gap-privileged-anywhere',
  'dormant-privileged-anywhere',
  'privileged-guests-none',
  'mfa-aws-federation-assured',
  'sod-toxic-combinations',
  'shared-accounts-none',
  'aws-admin-bounded',
];
const levels = ['none', 'capable', 'required', 'observed'];
const privileges = ['ordinary', 'writer', 'administrator'];

const signIns = (records: readonly Readonly<Record<string, unknown>>[]): Told => ({
  dataset: 'microsoft365/administrator-sign-ins',
  kinds: {
    'sign-in': { speaks: ['account', 'at', 'succeeded', 'secondFactorAsked', 'application'], lists: true },
  },
  log: wholly,
  records: records.map((record, n) => ({
    kind: 'sign-in',
    id: `sign-in-${n}`,
    at: '2026-06-28T10:00:00.000Z',
    succeeded: true,
    application: 'Mail',
    ...record,
  })),
});

/** Three systems in which whatever decides may be so or otherwise. */
const world = fc
  .record({
    bob: fc.constantFrom({}, { userType: 'guest' }, { enabled: false }, { mfaCapable: false }),
    policy: fc.constantFrom(
      {},
      { state: 'disabled' },
      { excludeUsers: ['bob'] },
      { includeApplications: ['payroll'] },
    ),
    everybody: fc.boolean(),
    defaults: fc.constantFrom('enabled' as const, 'disabled' as const),
    federated: fc.constantFrom('none', 'acceptIfMfaDoneByFederatedIdp', 'rejectMfaByFederatedIdp'),
    eligible: fc.boolean(),
    takers: fc.constantFrom('nobody', 'admins', 'joining'),
    twice: fc.boolean(),
    asked: fc.constantFrom(true, false),
    required: fc.boolean(),
    base: fc.constantFrom('read', 'write'),
    managed: fc.boolean(),
    issuer: fc.constantFrom(`https://sts.windows.net/${tenant}/`, 'https://okta.example/saml'),
    level: fc.constantFrom('admin', 'write', 'read'),
    nested: fc.boolean(),
    held: fc.constantFrom('none', '138', '139', '200'),
    gives: fc.constantFrom('none', 'write', 'admin'),
    lets: fc.constantFrom('read_audit_logs', 'manage_organization_webhooks'),
    actions: fc.constantFrom('*', 's3:*', 's3:Get*'),
    key: fc.boolean(),
    password: fc.boolean(),
    device: fc.boolean(),
    jump: fc.constantFrom('nobody', '111122223333', 'arn:aws:iam::111122223333:user/ada'),
    set: fc.constantFrom('ps-administrator', 'ps-reader'),
    leadsTo: fc.constantFrom('microsoft365-one', 'itself', 'nowhere'),
    tied: fc.boolean(),
  })
  .map((facts): { told: Told[]; register: Said } => ({
    told: [
      ...tenantAccess({
        facts: {
          bob: facts.bob,
          policy: { ...facts.policy, ...(facts.everybody ? { includeUsers: ['All'] } : {}) },
          defaults: facts.defaults,
          members: facts.takers === 'admins' ? [['cleo', 'user']] : [],
        },
        ...(facts.federated === 'none'
          ? {}
          : { domain: { signIn: 'federated' }, federation: { secondFactor: facts.federated } }),
        eligible: [
          ...(facts.eligible ? [{ account: 'cleo', role: globalAdministrator }] : []),
          ...(facts.takers === 'nobody' ? [] : [{ account: 'admins', role: globalAdministrator }]),
        ],
        joining: facts.takers === 'joining' ? [{ account: 'cleo' }] : [],
      }),
      signIns([
        { account: 'ada', secondFactorAsked: true },
        { account: 'bob', secondFactorAsked: facts.asked },
      ]),
      ...organizationAccess({
        facts: { organization: { mfaRequired: facts.required, basePermission: facts.base } },
        owner: facts.managed ? { managed: true, mfaEnabled: undefined, mfaSecure: undefined } : {},
        identities: facts.managed
          ? ['bob@larkspur.example', ...(facts.twice ? ['ada@larkspur.example'] : [])].map((name) => ({
              account: '11',
              name,
              issuer: facts.issuer,
            }))
          : [],
        outside: [{ id: '13' }],
        teams: [{ id: '300' }, { id: '301', parent: facts.nested ? '300' : 'none' }],
        memberships: [{ group: '301', account: '12' }],
        grants: [
          { holder: '13', level: facts.level },
          { holder: '300', holderType: 'group', level: facts.level },
        ],
        roles: facts.held === 'none' ? [] : [{ account: '12', role: facts.held }],
        custom: { base: facts.gives, attachedPolicies: [facts.lets] },
      }).map((each) => ({
        ...each,
        records: each.records.map(
          (record) =>
            Object.fromEntries(
              Object.entries(record).filter(([, value]) => value !== undefined),
            ) as typeof record,
        ),
      })),
      ...cloudAccess({
        facts: {
          actions: facts.actions,
          key: { active: facts.key },
          user: { consolePassword: facts.password, mfaEnabled: facts.device },
        },
        people: [{ id: 'ada' }, { id: 'cleo' }],
        assigned: [{ account: 'ada', role: facts.set }],
        trusted:
          facts.jump === 'nobody'
            ? []
            : [
                {
                  id: 'arn:aws:iam::111122223333:role/jump',
                  statements: [{ Effect: 'Allow', Principal: { AWS: facts.jump }, Action: 'sts:AssumeRole' }],
                },
              ],
      }),
    ],
    register: {
      ...(facts.leadsTo === 'nowhere' ? {} : stated({ leadsTo: facts.leadsTo })),
      people: facts.tied
        ? [
            {
              id: 'ada',
              name: 'Ada Example',
              accounts: [
                { source: 'github-one', account: '10' },
                { source: 'microsoft365-one', account: 'ada' },
                { source: 'aws-one', account: 'arn:aws:iam::111122223333:user/ada' },
              ],
              linkedBy: 'An Officer',
              linkedOn: '2026-01-01',
            },
          ]
        : [],
    },
  }));

const rowsOf = (told: readonly Told[], register: Said) =>
  evidenceOf(told, { register }).subjects.of(AccountAccess.name);
const valueOf = ({ fields }: Subject, field: string) => fields.get(field)?.value;
const keyOf = ({ source, id }: Subject) => `${source} ${id}`;

test(
  'losing evidence never raises a level nor lowers a privilege, nor makes anything pass',
  { timeout: 120_000 },
  async () => {
    let lost = 0;
    const seen = new Set<unknown>();
    await fc.assert(
      fc.asyncProperty(
        world,
        fc.nat(1000),
        fc.nat(1000),
        fc.constantFrom(...losses),
        async ({ told, register }, which, pick, lose) => {
          const less = told.map((each, n) => (n === which % told.length ? lose(each, pick) : each));
          const before = new Map(rowsOf(told, register).map((row) => [keyOf(row), row]));
          for (const row of rowsOf(less, register)) {
            const was = before.get(keyOf(row));
            if (!was) continue;
            for (const [field, order] of [
              ['mfaLevel', levels],
              ['mfaRequired', [false, true]],
              ['mfaCapable', [false, true]],
              ['mfaObserved', [false, true]],
              ['phishingResistant', [false, true]],
            ] as const) {
              const [then, now] = [valueOf(was, field), valueOf(row, field)];
              seen.add(then);
              if (isUnknown(now)) {
                if (!isUnknown(then)) lost += 1;
                continue;
              }
              const place = (value: unknown) => (order as readonly unknown[]).indexOf(value);
              expect(place(now), `${keyOf(row)} ${field} was ${JSON.stringify(then)}`).toBeLessThanOrEqual(
                place(then),
              );
            }
            const [then, now] = [valueOf(was, 'privilege'), valueOf(row, 'privilege')];
            seen.add(then);
            if (!isUnknown(now) && !isUnknown(then))
              expect(privileges.indexOf(now as string)).toBeGreaterThanOrEqual(
                privileges.indexOf(then as string),
              );
          }
          for (const id of controls) {
            const whole = await judged(id, told, {}, { register });
            const after = await judged(id, less, {}, { register });
            if (whole.status !== 'pass') expect(after.status, `${id}: ${whole.status}`).not.toBe('pass');
            const then = new Map(
              whole.verdicts.map(({ source, subject, status }) => [`${source} ${subject}`, status]),
            );
            // An account that is tied to nobody any more stands for a person that was not there before.
            for (const { source, subject, status } of after.verdicts)
              if (status === 'pass')
                expect(then.get(`${source} ${subject}`) ?? status, `${id} ${subject}`).toBe('pass');
          }
        },
      ),
      { numRuns: 150 },
    );
    expect(lost).toBeGreaterThan(40);
    expect([...seen]).toEqual(expect.arrayContaining([...levels, ...privileges]));
  },
);

test('one more source never turns a failure into a pass', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      world,
      fc.subarray(['microsoft365', 'github', 'aws'], { minLength: 1 }),
      async ({ told, register }, connected) => {
        const some = told.filter(({ dataset }) => connected.some((each) => dataset.startsWith(`${each}/`)));
        for (const id of controls) {
          const few = await judged(id, some, {}, { register });
          const all = await judged(id, told, {}, { register });
          if (few.status === 'fail') expect(all.status, id).not.toBe('pass');
          const failed = new Set(
            few.verdicts.flatMap(({ source, subject, status }) =>
              status === 'fail' ? [`${source} ${subject}`] : [],
            ),
          );
          for (const { source, subject, status } of all.verdicts)
            if (status === 'pass') expect(failed.has(`${source} ${subject}`), `${id} ${subject}`).toBe(false);
        }
      },
    ),
    { numRuns: 120 },
  );
});

test('every account is in one row, of one person, and people have as many accounts as there are', () => {
  fc.assert(
    fc.property(world, ({ told, register }) => {
      const accounts = new Set(
        told.flatMap(({ dataset, records }) =>
          records.flatMap(({ kind, id }) =>
            kind === 'account' || kind === 'directory-user' ? [`${dataset.split('/')[0]}-one ${id}`] : [],
          ),
        ),
      );
      const { subjects } = evidenceOf(told, { register });
      const rows = subjects.of(AccountAccess.name);
      expect(rows.map(keyOf).sort()).toEqual([...accounts].sort());
      const persons = subjects.of(PersonAccess.name);
      expect(new Set(rows.map((row) => valueOf(row, 'person')))).toEqual(
        new Set(persons.map(({ id }) => id)),
      );
      expect(persons.reduce((sum, person) => sum + (valueOf(person, 'accounts') as number), 0)).toBe(
        rows.length,
      );
    }),
    { numRuns: 60 },
  );
});

test('a tie that another identity may contradict lets nobody else hold nothing for certain', async () => {
  const [bob, ada] = ['bob@larkspur.example', 'ada@larkspur.example'];
  const ties = [
    { account: '10', name: ada },
    { account: '11', name: bob },
  ];
  const ofCleo = async (...others: readonly Readonly<Record<string, unknown>>[]) => {
    const organization = organizationAccess({ identities: [...ties, ...others] });
    const told = [...tenantAccess(), ...organization, ...cloudAccess()];
    const { verdicts } = await judged('sod-toxic-combinations', told, {}, {});
    return verdicts.find(({ subject }) => subject === 'microsoft365-one/cleo')?.status;
  };
  expect(await ofCleo()).toBe('pass');
  expect(await ofCleo({ account: '11', name: ada })).toBe('no-data');
  expect(await ofCleo({ account: { unknown: 'not told' }, name: ada })).toBe('no-data');
});

test('the order in which anything is told does not matter', () => {
  fc.assert(
    fc.property(world, ({ told, register }) => {
      const turned = told.map((each) => ({ ...each, records: each.records.toReversed() })).toReversed();
      const facts = (rows: readonly Subject[]) =>
        rows.map((row) => [
          keyOf(row),
          ...['privilege', 'mfaLevel', 'person'].map((field) =>
            typeof valueOf(row, field) === 'string' ? valueOf(row, field) : 'unknown',
          ),
        ]);
      expect(facts(rowsOf(turned, register))).toEqual(facts(rowsOf(told, register)));
    }),
    { numRuns: 40 },
  );
});

test('a level is observed only where the log was wholly read and shows no sign-in without', () => {
  const levelOf = (records: Parameters<typeof signIns>[0], change: Partial<Told> = {}) => {
    const rows = rowsOf([...tenantAccess(), { ...signIns(records), ...change }], {});
    return valueOf(
      rows.find(({ id }) => id === 'ada')!,
      'mfaLevel',
    );
  };
  const asked = { account: 'ada', secondFactorAsked: true };
  expect(levelOf([asked])).toBe('observed');
  expect(levelOf([])).toBe('required');
  expect(levelOf([asked, { ...asked, secondFactorAsked: false }])).toBe('required');
  expect(levelOf([asked, { ...asked, secondFactorAsked: { unknown: 'not told' } }])).toBe('required');
  expect(levelOf([asked, { ...asked, account: { unknown: 'not told' } }])).toBe('required');
  expect(levelOf([asked], { partitions: { all: 'denied' } })).toBe('required');
  expect(levelOf([asked], { log: { to: wholly.to, covered: [] } })).toBe('required');
  expect(levelOf([{ ...asked, at: '2026-06-20T00:00:00.000Z' }])).toBe('required');
});
