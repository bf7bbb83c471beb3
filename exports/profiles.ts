import type { Exporter, Packet, PacketFile } from './exporter.ts';
import { answers } from './files/answers.ts';
import { boardPages } from './files/board.ts';
import { company } from './files/company.ts';
import { coverage } from './files/coverage.ts';
import { frameworkTables } from './files/frameworks.ts';
import { hipaa } from './files/hipaa.ts';
import { iso27001 } from './files/iso27001.ts';
import { answersInShort } from './files/insurer/answers-table.ts';
import { metrics } from './files/metrics.ts';
import { ownHistory } from './files/own-history.ts';
import { nistCsf } from './files/nist-csf.ts';
import { pbcIndex } from './files/pbc-index.ts';
import { people } from './files/people.ts';
import { planFile } from './files/plan.ts';
import { populations } from './files/populations.ts';
import { reperform } from './files/reperform.ts';
import { results } from './files/results.ts';
import { sampledRows } from './files/sample.ts';
import { stamps } from './files/stamps.ts';
import { startPage } from './files/start-page.ts';
import { vendorQuestionnaire } from './files/vendor-questionnaire.ts';
import { verifyMd } from './files/verify-md.ts';
import { selectionPath } from './sample/selection.ts';
import { periodPages } from './files/period-pages.ts';
import { periodTables } from './files/period-tables.ts';

const everything: readonly Exporter[] = [
  startPage,
  results,
  populations,
  people,
  coverage,
  frameworkTables,
  answers,
  pbcIndex,
  company,
  planFile,
  stamps,
  reperform,
  ownHistory,
  verifyMd,
];

/** What every packet without evidence begins with. */
const page = ['00_START_HERE.html', '00_START_HERE.pdf', 'VERIFY.md'] as const;

/** What holds all evidence, and is checked by itself. */
const whole = {
  'soc2-type1': { files: everything },
  'soc2-type2': { files: [...everything, periodPages, periodTables] },
  'insurer-private': { files: everything },
} as const satisfies Readonly<Record<string, Files>>;

/** What views of frameworks have in common. */
const view = { sealedTo: ['soc2-type1'], names: 'none' } as const;

const tableOf = (path: string) => ['csv', 'xlsx', 'meta.json'].map((form) => `${path}.${form}`);

/** What holds none, and is sealed to one that does. To add one, add it here with its exporters. */
const thin = {
  insurer: {
    files: [startPage, metrics, answersInShort, verifyMd],
    paths: [...page, 'data/metrics.csv', 'data/answers.csv'],
    sealedTo: ['insurer-private'],
    names: 'none',
    compares: 'application',
  },
  board: {
    files: [boardPages, verifyMd],
    paths: [...page, 'data/outcomes.csv', 'data/before.json'],
    sealedTo: ['soc2-type1'],
    names: 'as-written',
    compares: 'quarter',
  },
  'vendor-questionnaire': {
    files: [vendorQuestionnaire, verifyMd],
    paths: [...page, 'data/answers.csv', 'data/answers.xlsx', 'data/answers.meta.json'],
    sealedTo: ['soc2-type1'],
    names: 'none',
    compares: 'nothing',
  },
  'nist-csf': {
    files: [nistCsf, verifyMd],
    paths: [...page, ...tableOf('data/profile')],
    ...view,
    compares: 'nothing',
  },
  hipaa: {
    files: [hipaa, verifyMd],
    paths: [
      ...page,
      ...['data/safeguards', 'data/systems', 'data/agreements', 'data/months'].flatMap(tableOf),
    ],
    ...view,
    compares: 'year',
  },
  iso27001: {
    files: [iso27001, verifyMd],
    paths: [...page, ...tableOf('data/annex-a')],
    ...view,
    compares: 'nothing',
  },
} as const satisfies Readonly<Record<string, Thin>>;

/** What is made of another packet, which was asked for before: by `exhibit sample`. */
const addenda = {
  sample: {
    files: [sampledRows, verifyMd],
    paths: [
      ...page,
      selectionPath,
      ...['sample', 'verdicts', 'places'].flatMap((id) =>
        ['csv', 'xlsx', 'meta.json'].map((form) => `data/${id}.${form}`),
      ),
    ],
    sealedTo: ['soc2-type1', 'soc2-type2'],
    names: 'as-written',
    compares: 'nothing',
  },
} as const satisfies Readonly<Record<string, Thin>>;

interface Files {
  /** What writes its files, beside evidence, ledger and keys. */
  readonly files: readonly Exporter[];
}

export interface Thin extends Files {
  /** Every file that these write, so that a verifier who cannot write them knows what belongs there. */
  readonly paths: readonly string[];
  /** Which packets of the same state of the ledger have the evidence. The first is written with it, and stays at home. */
  readonly sealedTo: readonly [WholeProfile, ...WholeProfile[]];
  /** `none`: the last scan fails the build where anything in it identifies somebody. */
  readonly names: 'none' | 'as-written';
  /** Whether it tells of before: how things stood at the quarter's begin, or when the last packet of its profile was released; or what was read in the year. */
  readonly compares: 'quarter' | 'application' | 'year' | 'nothing';
}

export type WholeProfile = keyof typeof whole;
export type ThinProfile = keyof typeof thin | keyof typeof addenda;
export type Profile = WholeProfile | ThinProfile;

/** The packets that can be asked for as of one moment. */
export const profiles = ['soc2-type1', ...namesOf(thin)] as const;
/** Those that tell of a period, which must be given. */
export const periodProfiles = ['soc2-type2'] as const;
export type AskedProfile = (typeof profiles)[number] | (typeof periodProfiles)[number];

/** All that may leave the house. */
export const leaving = [...profiles, ...periodProfiles, ...namesOf(addenda)] as const;

export function isOfPeriod(profile: string): boolean {
  return periodProfiles.some((each) => each === profile);
}

export const wholeProfiles: readonly WholeProfile[] = namesOf(whole);

/** What is known of a packet without evidence; `null` where it is of another profile. */
export function thinOf(profile: string): Thin | null {
  const all: Readonly<Record<string, Thin>> = { ...thin, ...addenda };
  return Object.hasOwn(all, profile) ? (all[profile] ?? null) : null;
}

export async function* filesOf(packet: Packet): AsyncIterable<PacketFile> {
  for (const exporter of { ...whole, ...thin, ...addenda }[packet.profile].files) yield* exporter(packet);
}

function namesOf<Name extends string>(of: Readonly<Record<Name, unknown>>): Name[] {
  return Object.keys(of) as Name[];
}
