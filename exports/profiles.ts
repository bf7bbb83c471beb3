import type { Exporter, Packet, PacketFile, Profile } from './exporter.ts';
import { answers, answersInShort } from './files/answers.ts';
import { company } from './files/company.ts';
import { coverage } from './files/coverage.ts';
import { frameworkTables } from './files/frameworks.ts';
import { metrics } from './files/metrics.ts';
import { people } from './files/people.ts';
import { planFile } from './files/plan.ts';
import { populations } from './files/populations.ts';
import { results } from './files/results.ts';
import { stamps } from './files/stamps.ts';
import { startPage } from './files/start-page.ts';
import { verifyMd } from './files/verify-md.ts';

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

/** Which files each profile has, beside evidence, ledger and keys. To add a file, add its exporter. */
const exporters: Readonly<Record<Profile, readonly Exporter[]>> = {
  'soc2-type1': everything,
  'insurer-private': everything,
  insurer: [startPage, metrics, answersInShort, verifyMd],
};

export async function* filesOf(packet: Packet): AsyncIterable<PacketFile> {
  for (const exporter of exporters[packet.profile]) yield* exporter(packet);
}
