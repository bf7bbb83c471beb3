import { controls } from '../../controls/index.ts';
import { form } from '../../controls/insurer/form.ts';
import type { Result } from '../../controls/result.ts';
import { csv } from '../csv.ts';
import type { Exporter, Packet } from '../exporter.ts';
import { accountListsOf, administratorsOf, coverageOf, isTold } from '../insurer/accounts.ts';
import { bySystem } from '../insurer/by-system.ts';
import { exceptionsOf } from '../insurer/exceptions.ts';
import { exclusionsOf, exclusionsTest } from '../insurer/exclusions.ts';
import { questionnaires } from '../../controls/questionnaire.ts';

const header = [
  'table',
  'control',
  'assertion',
  'class',
  'system',
  'status',
  'severity',
  'total',
  'pass',
  'fail',
  'excepted',
  'no_data',
  'manual',
  'not_applicable',
  'status_before',
  'total_before',
  'pass_before',
  'fail_before',
  'as_of_utc',
  'rehearsal',
] as const;

type Column = (typeof header)[number];
type Row = Readonly<Partial<Record<Column, number | string | boolean>>>;

/**
 * Insurer only: every count that the pages show, a row each, in one table because a packet of few files has no room for
 * one of each. No names, no ids, no free text.
 */
export const metrics: Exporter = (packet) => {
  const { asOf, rehearsal } = packet.judgement;
  const rows = [
    ...tests(packet),
    ...testsBySystem(packet),
    ...accounts(packet),
    ...exclusions(packet),
    ...exceptions(packet),
  ].map((row): Row => ({ ...row, as_of_utc: asOf, rehearsal }));
  const content = csv(
    header,
    rows.map((row) => header.map((column) => row[column] ?? null)),
  );
  return [{ path: 'data/metrics.csv', content }];
};

function tests({ judgement, earlier }: Packet): Row[] {
  return judgement.results.map(({ control, status, severity, population }) => {
    const then = earlier?.tests.find((each) => each.control === control);
    return {
      ...{ table: 'test', control, status, severity, ...countsOf(population) },
      assertion: controls.find(({ id }) => id === control)?.assertion ?? '',
      ...(then && {
        ...{ status_before: then.status, total_before: then.N, pass_before: then.n, fail_before: then.fail },
      }),
    };
  });
}

/** Of what an attestation and a supplement ask about: privileges, backups, detection, patches, exposure, second factors. */
function testsBySystem({ judgement }: Packet): Row[] {
  const asked = new Set(form.ransomware.flatMap(({ questions }) => questions));
  const insurers = questionnaires.find(({ id }) => id === 'insurer')?.questions ?? [];
  const ids = [
    ...form.vectors.flatMap(({ tests: of }) => of),
    ...form.privileged,
    ...insurers.flatMap(({ id, evidence }) =>
      asked.has(id) ? (evidence?.controls ?? []).map(({ control }) => control) : [],
    ),
  ];
  return bySystem(judgement, [...new Set(ids)].sort()).map(({ control, system, status, population }) => ({
    ...{ table: 'test-by-system', control, system, status, ...countsOf(population) },
  }));
}

/** Of whom a second factor is required: those of whom it is count as passing. Where not every list was read there may be more. */
function accounts({ judgement }: Packet): Row[] {
  const open = new Set(
    accountListsOf(judgement)
      .filter((each) => !isTold(each))
      .map(({ system }) => system),
  );
  const coverage = coverageOf(judgement);
  const status = (system: string) => (open.has(system) ? { status: 'no-data' } : {});
  const none = [...open].filter((system) => !coverage.some((row) => row.system === system));
  return [
    ...none.map((system) => ({
      ...{ table: 'mfa-coverage', class: 'all accounts', system, status: 'no-data', total: 0 },
    })),
    ...coverage.map((row) => ({
      ...{ table: 'mfa-coverage', class: row.class, system: row.system, total: row.accounts },
      ...{ pass: row.required, fail: row.notRequired, no_data: row.untold, ...status(row.system) },
    })),
    ...administratorsOf(judgement).map((row) => ({
      ...{ table: 'administrators', class: row.sort, system: row.system, total: row.accounts },
      ...{ pass: row.required, fail: row.accounts - row.required - row.untold, no_data: row.untold },
      ...status(row.system),
    })),
  ];
}

function exclusions({ judgement }: Packet): Row[] {
  return exclusionsOf(judgement).map(({ class: name, population }) => ({
    ...{ table: 'mfa-exclusions', control: exclusionsTest, class: name, ...countsOf(population) },
  }));
}

/** How many each was accepted for, and of how many it counts today. */
function exceptions({ judgement }: Packet): Row[] {
  return exceptionsOf(judgement).map((each) => ({
    ...{ table: 'exception', control: each.control, class: each.class, status: each.standing },
    ...{ total: each.subjects, excepted: each.counts },
  }));
}

function countsOf(p: Result['population']): Row {
  const { total, pass, fail, excepted, manual } = p;
  return { total, pass, fail, excepted, no_data: p.noData, manual, not_applicable: p.notApplicable };
}
