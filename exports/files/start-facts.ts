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
const order = ['fail', 'no-data', 'manual', 'excepted', 'pass', 'not-applicable'] as const;
const severities = ['critical', 'high', 'medium', 'low'] as const;

/** Of those that begin with the start page. */
const titles: Readonly<Partial<Record<Profile, string>>> = {
  'soc2-type1': 'Evidence for a SOC 2 examination, as of one date',
  insurer: 'Evidence for a cyber insurance application',
  'insurer-private': 'Private twin of the evidence for a cyber insurance application',
};

/** What a packet is. */
export function titleOf({ profile }: Packet): string {
  return titles[profile] ?? profile;
}

/** What keeps a packet from being taken for final: on each of its pages. */
export function standingOf({ judgement }: Packet): { readonly mark: string; readonly text: string }[] {
  return [
    { mark: 'DRAFT', text: 'not released by a named officer of the company' },
    ...(judgement.rehearsal
      ? [{ mark: 'REHEARSAL', text: 'read under a clock that was given, not the machine’s' }]
      : []),
  ];
}

/** One test as people read it. */
export interface TestFacts {
  readonly control: string;
  readonly assertion: string;
  readonly status: Result['status'];
  readonly population: z.output<typeof Population>;
  readonly reasons: readonly string[];
}

/** Each test with its counts. An insurer is told that something could not be read, and not what. */
export function testsOf({ judgement, profile }: Packet): readonly TestFacts[] {
  return [...judgement.results]
    .sort(
      (a, b) =>
        order.indexOf(a.status) - order.indexOf(b.status) ||
        severities.indexOf(a.severity) - severities.indexOf(b.severity),
    )
    .map(({ control, status, population, because }) => ({
      ...{ control, status, population },
      assertion: controls.find(({ id }) => id === control)?.assertion ?? control,
      reasons:
        profile !== 'insurer'
          ? [
              ...because.slice(0, 6),
              ...(because.length > 6 ? [`and ${because.length - 6} more, in data/results/results.csv`] : []),
            ]
          : because.length > 0
            ? ['Not everything that is due could be read.']
            : [],
    }));
}

/** How many tests came out in which way. */
export function countedOf(
  tests: readonly TestFacts[],
): readonly { readonly status: Result['status']; readonly count: number }[] {
  return order.flatMap((status) => {
    const count = tests.filter((test) => test.status === status).length;
    return count > 0 ? [{ status, count }] : [];
  });
}

/** Which kinds of system were read, and which were connected and told nothing. What was not read is not judged. */
export function systemsOf({ judgement }: Packet): { readonly read: string[]; readonly unread: string[] } {
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

/** What no statement of a packet covers, beyond the systems that nobody connected. */
export function notCoveredOf(packet: Packet): readonly string[] {
  const { judgement, profile } = packet;
  const systems = judgement.plan.systems.flatMap(({ state, ...system }) =>
    state === 'connected' ? [] : [{ ...system, state }],
  );
  const said = {
    absent: 'declared absent',
    'not-read': 'in scope, not read',
    'by-hand': 'in scope, evidence handed over by hand',
  } as const;
  // What the company calls a system is its own free text: an insurer's packet counts them instead.
  const items =
    profile === 'insurer'
      ? Object.entries(said).map(
          ([state, text]) => `${systems.filter((each) => each.state === state).length} other systems ${text}`,
        )
      : systems.map(
          ({ name, state, declaredBy, declaredOn }) =>
            `${name}: ${said[state]} (${declaredBy}, ${declaredOn})`,
        );
  return [
    ...systemsOf(packet).unread.map(
      (vendor) => `${vendor}: a source is connected, and nothing of it could be read`,
    ),
    ...items,
  ];
}

/** What is in a packet, by path. */
export function contentsOf({ profile }: Packet): readonly (readonly [path: string, about: string])[] {
  if (profile === 'insurer')
    return [
      ['data/metrics.csv', 'each test with its counts'],
      ['data/answers.csv', 'each question with what the evidence says of it and what the company answered'],
    ];
  return [
    ['data/results/results.csv', 'each test with its counts and reasons, also as .xlsx'],
    [
      'data/results/verdicts.csv',
      'every item of every population with its verdict, reason and evidence, also as .xlsx',
    ],
    [
      'data/populations/',
      'what was read, a table for each kind of thing (.csv, .xlsx, .ndjson), with how it was extracted (.meta.json)',
    ],
    ['data/people/', 'every account with whose it is, what it may and what signing in takes'],
    ['data/coverage.csv', 'each dataset on each night that was due'],
    ['data/answers/', 'each question of insurers, auditors and customers with its drafted answer'],
    ['data/frameworks/', 'requirements of each framework with the tests that bear on them'],
    ['data/company/', 'the company’s own controls, policy values, risks and statements beside the tests'],
    ['data/scope/', 'whose the sources are, and what the vendors leave to the company'],
    ['data/plan.json', 'what was due, the thresholds, exceptions and declared systems'],
    ['data/runs/', 'manifests of every reading'],
    ['data/evidence/', 'the answers of the sources, byte for byte, and the snapshots made of them'],
  ];
}
