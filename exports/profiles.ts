import type { Exporter, Packet, PacketFile } from './exporter.ts';
import { answers } from './files/answers.ts';
import { boardPages } from './files/board.ts';
import { company } from './files/company.ts';
import { coverage } from './files/coverage.ts';
import { frameworkTables } from './files/frameworks.ts';
import { answersInShort } from './files/insurer/answers-table.ts';
import { metrics } from './files/metrics.ts';
import { people } from './files/people.ts';
import { planFile } from './files/plan.ts';
import { populations } from './files/populations.ts';
import { results } from './files/results.ts';
import { stamps } from './files/stamps.ts';
import { startPage } from './files/start-page.ts';
import { vendorQuestionnaire } from './files/vendor-questionnaire.ts';
import { verifyMd } from './files/verify-md.ts';
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
  company,
  planFile,
  stamps,
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

/** What holds none, and is sealed to one that does. To add one, add it here with its exporters. */
const thin = {
  insurer: {
    files: [startPage, metrics, answersInShort, verifyMd],
    paths: [...page, 'data/metrics.csv', 'data/answers.csv'],
    sealedTo: 'insurer-private',
    names: 'none',
    compares: 'application',
  },
  board: {
    files: [boardPages, verifyMd],
    paths: [...page, 'data/outcomes.csv', 'data/before.json'],
    sealedTo: 'soc2-type1',
    names: 'as-written',
    compares: 'quarter',
  },
  'vendor-questionnaire': {
    files: [vendorQuestionnaire, verifyMd],
    paths: [...page, 'data/answers.csv', 'data/answers.xlsx', 'data/answers.meta.json'],
    sealedTo: 'soc2-type1',
    names: 'none',
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
  /** Which packet of the same state of the ledger has the evidence. It is written with it, and stays at home. */
  readonly sealedTo: WholeProfile;
  /** `none`: the last scan fails the build where anything in it identifies somebody. */
  readonly names: 'none' | 'as-written';
  /** Whether it says how things stood before: at the quarter's begin, or when the last packet of its profile was released. */
  readonly compares: 'quarter' | 'application' | 'nothing';
}

export type WholeProfile = keyof typeof whole;
export type ThinProfile = keyof typeof thin;
export type Profile = WholeProfile | ThinProfile;

/** The packets that can be asked for as of one moment. */
export const profiles = ['soc2-type1', ...namesOf(thin)] as const;
/** Those that tell of a period, which must be given. */
export const periodProfiles = ['soc2-type2'] as const;
export type AskedProfile = (typeof profiles)[number] | (typeof periodProfiles)[number];

export function isOfPeriod(profile: string): boolean {
  return periodProfiles.some((each) => each === profile);
}

export const wholeProfiles: readonly WholeProfile[] = namesOf(whole);

/** What is known of a packet without evidence; `null` where it is of another profile. */
export function thinOf(profile: string): Thin | null {
  return Object.hasOwn(thin, profile) ? thin[profile as ThinProfile] : null;
}

export async function* filesOf(packet: Packet): AsyncIterable<PacketFile> {
  for (const exporter of { ...whole, ...thin }[packet.profile].files) yield* exporter(packet);
}

function namesOf<Name extends string>(of: Readonly<Record<Name, unknown>>): Name[] {
  return Object.keys(of) as Name[];
}
