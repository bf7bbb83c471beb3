import { buildPacket, type Built } from '../exports/packet.ts';
import type { AskedProfile } from '../exports/profiles.ts';
import type { PeriodAsked } from '../exports/type2/period-facts.ts';
import { OperatorError } from '../evidence-model/operator-error.ts';
import type { Archive } from '../vault/vault.ts';
import type { Stamping } from '../vault/outside/stamping.ts';
import type { Configuration } from './config/load.ts';
import { packetStamps } from './stamping.ts';
import type { Workspace } from './workspace.ts';

export interface PacketOrder {
  readonly profile: AskedProfile;
  readonly asOf: string | null;
  /** Of a profile that tells of one: which. */
  readonly period?: PeriodAsked;
  readonly out: { readonly folder: string } | { readonly file: string };
}

/** Builds a packet, notes it in the ledger and signs that. When it is told to stop, nothing of the packet stays. */
export async function makePacket(
  { paths }: Pick<Configuration, 'paths'>,
  { vault, keys }: Workspace,
  order: PacketOrder,
  stop: AbortSignal,
  stamping: Stamping | undefined,
): Promise<Built> {
  const built = await buildPacket({
    ...order,
    vault: paths.vault,
    archive: stoppable(vault, stop),
    keys,
    writer: vault,
    stamp: packetStamps({ paths }, { vault }, stamping),
  });
  await vault.checkpoint();
  return built;
}

/** An archive that gives nothing more out once it is told to stop. */
function stoppable(archive: Archive, stop: AbortSignal): Archive {
  const going = () => {
    if (stop.aborted) throw new OperatorError('the building of the packet was stopped: ask for it again');
  };
  return {
    get: async (object) => {
      going();
      return archive.get(object);
    },
    has: (object) => archive.has(object),
    ledger: () => archive.ledger(),
    nameOf: (alias) => archive.nameOf(alias),
    run: async (line) => {
      going();
      return archive.run(line);
    },
  };
}
