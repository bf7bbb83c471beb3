import { describe, expect, test } from 'vitest';
import { controls } from '../../controls/index.ts';
import { needsOf } from '../../controls/control.ts';
import { highestRoles } from '../../controls/directory-roles.ts';
import { planDataset } from '../../controls/declared/derivation.ts';
import { isAskedOf } from '../../controls/readings.ts';
import { evidenceOf, judged } from './support.ts';
import { denied, unknown, type Case } from './told.ts';
import { aws, globalAdministrator, microsoft365, signingIn } from './worlds.ts';

/** The cases of a control stand in a file of its name. */
const cases = await Promise.all(
  controls.map(async ({ id }) => {
    const module = (await import(`./cases/${id}.ts`)) as { readonly cases: readonly Case[] };
    return { id, cases: module.cases };
  }),
);

describe('each control, for every status that it can give', () => {
  describe.each(cases)('$id', ({ id, cases }) => {
    for (const [title, world, wanted, parameters, register = {}, written = {}] of cases)
      test(title, async () => {
        const { status, because, verdicts } = await judged(id, world, parameters, { register, ...written });
        expect(status).toBe(wanted);
        const undecided = verdicts.filter((each) => each.status === 'no-data');
        if (status === 'no-data') expect(because.length + undecided.length).toBeGreaterThan(0);
      });

    test('passes, fails and is undecided in one case at least', () => {
      const seen = new Set(cases.map(([, , status]) => status));
      // What reports are on record is always known.
      const needed = id === 'service-reports-current' ? ['pass'] : ['pass', 'no-data'];
      expect([...seen]).toEqual(expect.arrayContaining(needed));
      expect(seen.has('fail') || id === 'mfa-aws-root' || id === 'root-keys-none').toBe(true);
    });
  });

  test('root without a second factor fails where both readings say so, and passes where it has no credentials at all', async () => {
    const says = (fields: Readonly<Record<string, unknown>>) =>
      aws({ summary: fields }).map((told) =>
        told.dataset === 'aws/credential-report'
          ? {
              ...told,
              records: told.records.map((record) =>
                record['root'] === true ? { ...record, ...fields } : record,
              ),
            }
          : told,
      );
    expect((await judged('mfa-aws-root', says({ mfaEnabled: false, passwordPresent: true }))).status).toBe(
      'fail',
    );
    expect(
      (
        await judged(
          'mfa-aws-root',
          aws({ summary: { mfaEnabled: false, passwordPresent: false } }).filter(
            ({ dataset }) => dataset !== 'aws/credential-report',
          ),
        )
      ).status,
    ).toBe('pass');
    expect((await judged('root-keys-none', says({ accessKeysPresent: true }))).status).toBe('fail');
  });

  test('a source that is not connected is not judged, unless it is declared absent', async () => {
    for (const { id, collectors } of controls) {
      expect((await judged(id, [], {}, { sources: [] })).status, id).toBe('no-data');
      const systems = collectors.map((collector) => ({
        id: collector,
        name: 'It',
        collector,
        state: 'absent' as const,
        declaredBy: 'an officer',
        declaredOn: '2026-01-01',
      }));
      expect((await judged(id, [], {}, { sources: [], systems })).status, id).toBe('not-applicable');
      if (systems.length > 1)
        expect((await judged(id, [], {}, { sources: [], systems: systems.slice(1) })).status, id).toBe(
          'no-data',
        );
    }
  });
});

describe('what nobody told', () => {
  test("a key that belongs to nobody known could be anybody's", async () => {
    const stray = aws({ key: { account: unknown } });
    const result = await judged('aws-access-key-unused', stray);
    expect(result.status).toBe('no-data');
    expect(result.because.join()).toMatch(/account of 1 credential is not known/);
  });

  test('a kind that no dataset speaks of is not taken for empty', async () => {
    const silent = aws().filter(({ dataset }) => !dataset.startsWith('aws/trail'));
    expect((await judged('cloudtrail-all-regions', silent)).status).toBe('no-data');
  });

  test('nothing passes once anything that it asks was refused', async () => {
    for (const { id, cases: known } of cases) {
      const control = controls.find((each) => each.id === id)!;
      const passing = known.filter(([, , status]) => status === 'pass');
      for (const [title, world, , parameters, register = {}, written = {}] of passing) {
        const { readings } = evidenceOf(world, { register, ...written });
        const asked = world.filter(({ dataset }) =>
          readings.some(
            (each) =>
              each.dataset === dataset &&
              needsOf(control, each.collector).some((need) => need.softens !== true && isAskedOf(each, need)),
          ),
        );
        // What is said in the plan nobody can refuse to read.
        const said = readings.some(
          (each) => each.dataset === planDataset && needsOf(control).some((need) => isAskedOf(each, need)),
        );
        expect(asked.length > 0 || said, id).toBe(true);
        for (const { dataset } of asked) {
          const { status } = await judged(id, denied(world, dataset), parameters, {
            register,
            ...written,
          });
          expect(status, `${id}, ${title}, without ${dataset}`).not.toBe('pass');
        }
      }
    }
  });

  test('one source that is wholly read does not speak for another that is not', async () => {
    const second = { id: 'aws-two', collector: 'aws' };
    const result = await judged(
      'mfa-aws-console-users',
      aws(),
      {},
      { sources: [{ id: 'aws-one', collector: 'aws' }, second] },
    );
    expect(result.status).toBe('no-data');
    expect(result.because.join()).toMatch(/aws-two/);
  });
});

describe('what controls say', () => {
  const texts = controls.map(({ assertion, board, remedy, population }) =>
    [assertion, board, remedy, population].join(' '),
  );

  test('promises nothing that software cannot promise', () => {
    for (const text of texts)
      expect(text).not.toMatch(
        /\b(compliant|compliance|certified|audit-ready|guaranteed?|secure[ds]? by)\b/i,
      );
  });

  test('its parameters have defaults, and unknown ones are refused', () => {
    for (const { parameters, id } of controls) {
      expect(() => parameters.parse({}), id).not.toThrow();
      expect(() => parameters.parse({ surely: 1 }), id).toThrow();
    }
  });
});

test('no policy turns a role of administrators into one that is not privileged', () => {
  const { parameters } = controls.find(({ id }) => id === 'mfa-required-admins-m365')!;
  for (const role of [globalAdministrator, ...highestRoles, globalAdministrator.toUpperCase()]) {
    const refused = parameters.safeParse({ unprivilegedRoles: [role] });
    expect(refused.error?.issues, role).toMatchObject([{ path: ['unprivilegedRoles', 0] }]);
  }
  expect(parameters.safeParse({ unprivilegedRoles: ['a-role-of-the-tenant'] }).success).toBe(true);
});

test('no policy says of an environment called production that it is another', () => {
  const { parameters } = controls.find(({ id }) => id === 'deploy-approval-production')!;
  const refused = parameters.safeParse({ notProduction: ['staging', 'Production'] });
  expect(refused.error?.issues).toMatchObject([{ path: ['notProduction', 1] }]);
  expect(parameters.safeParse({ notProduction: ['production-like'] }).success).toBe(true);
});

test('what passes by security defaults cites them', async () => {
  const world = [...microsoft365({ policy: { state: 'disabled' }, defaults: 'enabled' }), ...signingIn()];
  for (const id of ['legacy-auth-blocked-m365', 'mfa-required-admins-m365']) {
    const { verdicts } = await judged(id, world);
    const passed = verdicts.filter(({ status }) => status === 'pass');
    expect(passed.length, id).toBeGreaterThan(0);
    for (const { evidence } of passed)
      expect(evidence.map(({ dataset }) => dataset)).toContain('microsoft365/security-defaults');
  }
});
