import { ranking } from '../../controls/finding.ts';
import { controls } from '../../controls/index.ts';
import type { Population, Result } from '../../controls/result.ts';
import type { Tone } from '../documents/table.ts';
import type { Packet } from '../exporter.ts';
import type { Profile } from '../profiles.ts';
import { isRead, systemName } from '../systems.ts';
import type { z } from 'zod';

/** What a status is called, and how it should be taken, where people read. */
export const statuses: Readonly<Record<Result['status'], { readonly word: string; readonly tone: Tone }>> = {
  fail: { word: 'Fail', tone: 'bad' },
  'no-data': { word: 'No data', tone: 'warn' },
  manual: { word: 'By hand', tone: 'hand' },
  excepted: { word: 'Excepted', tone: 'warn' },
  pass: { word: 'Pass', tone: 'good' },
  'not-applicable': { word: 'Not applicable', tone: 'mute' },
};

/** What fails comes first, and of that what weighs most. */
const severities = ['critical', 'high', 'medium', 'low'] as const;

const titles: Readonly<Record<Profile, string>> = {
  'soc2-type1': 'Evidence for a SOC 2 examination, as of one date',
  'soc2-type2': 'Evidence for a SOC 2 examination, over a period',
  insurer: 'Evidence for a cyber insurance application',
  'insurer-private': 'Private twin of the evidence for a cyber insurance application',
  board: 'Five questions for the board, and what is to be decided',
  sample: 'Rows that were chosen of the evidence for a SOC 2 examination',
  'nist-csf': 'Six functions of the NIST Cybersecurity Framework, current beside target',
  hipaa: 'Safeguards of the HIPAA Security Rule beside what was read',
  iso27001: 'Annex A of ISO/IEC 27001 beside what was read',
  'vendor-questionnaire': 'Answers by topic for questionnaires of customers',
};

/** What a packet is. */
export function titleOf({ profile }: Packet): string {
  return titles[profile];
}

/** What keeps a packet from being taken for final: on each of its pages. */
export function standingOf({
  judgement,
  release,
}: Packet): { readonly mark: string; readonly text: string }[] {
  return [
    ...(release ? [] : [{ mark: 'DRAFT', text: 'not released by a named officer of the company' }]),
    ...(judgement.rehearsal
      ? [{ mark: 'REHEARSAL', text: 'read under a clock that was given, not the machine’s' }]
      : []),
  ];
}

/** One test as people read it. */
export interface TestFacts {
  readonly control: string;
  /** What its population is. */
  readonly about: string;
  readonly status: Result['status'];
  readonly severity: Result['severity'];
  readonly population: z.output<typeof Population>;
}

/** Each test with its counts, what is to be looked at first before the others. */
export function testsOf({ judgement }: Packet): readonly TestFacts[] {
  return [...judgement.results]
    .sort(
      (a, b) =>
        ranking.indexOf(a.status) - ranking.indexOf(b.status) ||
        severities.indexOf(a.severity) - severities.indexOf(b.severity),
    )
    .map(({ control, status, severity, population }) => ({
      ...{ control, status, severity, population },
      about: controls.find(({ id }) => id === control)?.population ?? '',
    }));
}

/** How many tests came out in which way. */
export function countedOf(
  tests: readonly TestFacts[],
): readonly { readonly status: Result['status']; readonly count: number }[] {
  return ranking.flatMap((status) => {
    const count = tests.filter((test) => test.status === status).length;
    return count > 0 ? [{ status, count }] : [];
  });
}

/** Which kinds of system were read, and which were connected and told nothing. What was not read is not judged. */
export function systemsOf({ judgement }: Pick<Packet, 'judgement'>): {
  readonly read: string[];
  readonly unread: string[];
} {
  const read = new Set(judgement.datasets.filter(isRead).map(({ source }) => source));
  const named = (told: boolean) => [
    ...new Set(
      judgement.plan.sources
        .filter(({ id }) => read.has(id) === told)
        .map(({ collector }) => systemName(collector)),
    ),
  ];
  return { read: named(true), unread: named(false) };
}

/** How many of the readings that were due are whole. */
export function readingsOf({ judgement: { datasets } }: Packet): {
  readonly whole: number;
  readonly due: number;
} {
  const whole = datasets.filter(
    ({ snapshot, reasons }) => snapshot?.end.outcome === 'complete' && reasons.length === 0,
  );
  return { whole: whole.length, due: datasets.length };
}

export const onlyRead =
  'Only the systems named above were read. On-premises directories, firewalls, endpoints, backup appliances and every other system are not covered by any statement here.';

/** What is known of systems that no statement of a packet covers. What the company calls one is its own free text: a packet without names counts them instead. */
export function notCoveredOf(
  { judgement, profile }: Packet,
  how: 'named' | 'counted' = profile === 'insurer' ? 'counted' : 'named',
): readonly string[] {
  const said = {
    'not-read': 'in scope and not read',
    'by-hand': 'in scope, with evidence handed over by hand',
    absent: 'declared absent',
  } as const;
  return Object.entries(said).flatMap(([state, text]) => {
    const names = judgement.plan.systems.filter((each) => each.state === state).map(({ name }) => name);
    if (names.length === 0) return [];
    const named = how === 'counted' ? '' : `: ${names.join(', ')}`;
    return [`${names.length} other ${names.length === 1 ? 'system' : 'systems'} ${text}${named}`];
  });
}

/** What is in a packet that tells of a period besides, by path. */
export const periodContents: readonly (readonly [path: string, about: string])[] = [
  [
    'data/period/summary.pdf',
    'the period on two pages: every night, tests, who came and went; also as .html',
  ],
  ['data/period/nights.csv', 'each night: read or not and why, and where its evidence is; also as .xlsx'],
  [
    'data/period/',
    'coverage, tests by day, failures, drift, roll-forward, who came, went, moved, gained or lost power, and what came after',
  ],
];

/** What is in a packet, by path. */
export const contents: readonly (readonly [path: string, about: string])[] = [
  ['data/results/results.csv', 'each test: what it asserts, its counts and reasons; also as .xlsx'],
  [
    'data/results/verdicts.csv',
    'every item of every population with its verdict, reason and evidence; also as .xlsx',
  ],
  ['data/populations/', 'what was read, a table for each kind of thing, with how it was extracted'],
  [
    'data/people/accounts.csv',
    'every account: whose it is, what it may, what signing in takes; also as .xlsx, and how it was extracted in accounts.meta.json',
  ],
  ['data/coverage.csv', 'each dataset on each night that was due'],
  ['data/answers/answers.csv', 'each question of insurers, auditors and customers with its drafted answer'],
  [
    'data/pbc-index.xlsx',
    'each request of auditors: which files here serve it, what does not, who hands over the rest; also as .csv',
  ],
  ['data/frameworks/', 'requirements of each framework with the tests that bear on them'],
  [
    'data/company/',
    'the company’s own controls, policy, exceptions, leavers, risks and statements beside the tests',
  ],
  ['data/scope/', 'declared systems, whose the sources are, what vendors leave to the company'],
  ['data/plan.json', 'what was due, thresholds, and all that the company declared'],
  ['data/runs/', 'manifests of every reading'],
  ['data/evidence/', 'the answers of the sources, byte for byte, and the snapshots made of them'],
  ['data/exhibit/about.pdf', 'Exhibit itself: its code, rules, keys, and what was changed; also as .html'],
  [
    'data/reperform/README.md',
    'how to do it again: commands of the vendors’ tools, what each test does, what to look at live',
  ],
];
