import { openNetwork, type Network } from '../collectors/transport/network.ts';
import type { Digest } from '../evidence-model/digest.ts';
import type { PacketStamp } from '../exports/packet.ts';
import { recordAuthorities } from '../scheduler/authorities.ts';
import type { Book } from '../scheduler/book.ts';
import type { Progress } from '../scheduler/night.ts';
import { stampingBy, type Stamping } from '../vault/outside/stamping.ts';
import { packetStampsIn } from '../vault/stamp-files.ts';
import { anchorsOf, writeTrust } from '../vault/trust-folder.ts';
import type { Configuration } from './config/load.ts';
import type { Surroundings } from './surroundings.ts';
import type { Workspace } from './workspace.ts';

/** Whoever stamps by the configuration; nobody, where it names nobody. */
export async function openStamping(
  configuration: Pick<Configuration, 'timeStamps'>,
  network: Network,
  { now, randomBytes, stop }: Pick<Surroundings, 'now' | 'randomBytes' | 'stop'>,
  report: (progress: Progress) => void,
): Promise<Stamping | undefined> {
  const authorities = await configuration.timeStamps();
  if (authorities.length === 0) return undefined;
  return stampingBy(authorities, { wire: network, randomBytes, signal: stop, now }, (told) =>
    report({ step: 'stamp', ...told }),
  );
}

/** Writes down who stamps from here on, in the ledger and among what is handed over to recipients. */
export async function recordStamping(
  book: Book,
  stamping: Stamping | undefined,
  { paths }: Pick<Configuration, 'paths'>,
): Promise<void> {
  if (await recordAuthorities(book, stamping)) await writeTrust(paths.trust, await anchorsOf(book.vault));
}

/**
 * Has tag manifests of packets stamped. What was stamped once keeps its stamps, so that the same packet is the same bytes
 * whenever it is built.
 */
export function packetStamps(
  { paths }: Pick<Configuration, 'paths'>,
  { vault }: Pick<Workspace, 'vault'>,
  stamping: Stamping | undefined,
): (tagmanifest: Digest) => Promise<readonly PacketStamp[]> {
  return async (tagmanifest) => {
    const kept = await packetStampsIn(paths.vault, tagmanifest);
    if (kept.length > 0 || !stamping) return kept;
    for (const { authority, answer } of await stamping.stamp(tagmanifest, []))
      await vault.keepPacketStamp(tagmanifest, authority, answer);
    return packetStampsIn(paths.vault, tagmanifest);
  };
}

/** Runs work with whoever stamps; where there is nobody, without a network. */
export async function withStamping<T>(
  configuration: Configuration,
  surroundings: Surroundings,
  report: (progress: Progress) => void,
  work: (stamping: Stamping | undefined) => Promise<T>,
): Promise<T> {
  if ((await configuration.timeStamps()).length === 0) return work(undefined);
  const { environment } = surroundings;
  const network = openNetwork({ environment, authorities: await configuration.authorities() });
  try {
    return await work(await openStamping(configuration, network, surroundings, report));
  } finally {
    network.close();
  }
}
