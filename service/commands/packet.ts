import { resolve } from 'node:path';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { periodProfiles, profiles } from '../../exports/profiles.ts';
import { account } from '../../scheduler/account.ts';
import { Book } from '../../scheduler/book.ts';
import { openArchive } from '../../vault/files.ts';
import type { Context } from '../context.ts';
import { dateGiven, datesGiven } from '../dates.ts';
import { exit } from '../errors.ts';
import { Instant } from '../instant.ts';
import { progressOn } from '../output/progress.ts';
import { makePacket, type PacketOrder } from '../packets.ts';
import { recordStamping, withStamping } from '../stamping.ts';
import { openWorkspace } from '../workspace.ts';

interface Asked {
  readonly asOf?: string;
  readonly out?: string;
  readonly from?: string;
  readonly to?: string;
  readonly night?: readonly string[];
}

/** The period that a packet is to tell of, where one is given. */
function periodGiven({ from, to, night = [] }: Asked): Pick<PacketOrder, 'period'> {
  if (from === undefined && to === undefined && night.length === 0) return {};
  const days = datesGiven(from, to);
  return { period: { ...days, dates: [...new Set(night.map(dateGiven))].sort() } };
}

/** `exhibit packet`: a packet from the vault alone. It asks no source and needs no secrets; nights that were missed are told first, and whoever stamps is asked to. */
export async function packet(context: Context, asked: Asked, name?: string): Promise<number> {
  const { asOf, out } = asked;
  const { surroundings } = context;
  const all = [...profiles, ...periodProfiles];
  const profile = all.find((each) => each === name);
  if (!profile) throw new OperatorError(`there is no profile ${name ?? ''}; there are ${all.join(', ')}`);
  const until = asOf === undefined ? null : Instant.safeParse(asOf);
  if (until?.success === false)
    throw new OperatorError(`--as-of ${asOf ?? ''} is not a time: write ${Instant.description ?? ''}`);
  const configuration = await context.configuration();
  await openArchive(configuration.paths.vault); // without a vault there is nothing to pack, and none is made
  const workspace = await openWorkspace(configuration, surroundings);
  try {
    const now = surroundings.now();
    const path = out === undefined ? configuration.paths.packets : resolve(surroundings.directory, out);
    const order = {
      profile,
      asOf: until?.data ?? null,
      ...periodGiven(asked),
      out: path.endsWith('.zip') ? { file: path } : { folder: path },
    };
    const report = progressOn(surroundings.stderr);
    const built = await withStamping(configuration, surroundings, report, async (stamping) => {
      const book = await Book.open(workspace.vault);
      await recordStamping(book, stamping, configuration);
      await account(book, now, now);
      return makePacket(configuration, workspace, order, surroundings.stop, stamping);
    });
    const twin =
      built.privatePath === null
        ? ''
        : `${built.privatePath}\n  sealed to this one, which has all evidence: keep it\n`;
    context.print(`${built.path}\n${twin}`, built);
    return exit.done;
  } finally {
    await workspace.vault.close();
  }
}
