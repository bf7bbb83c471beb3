import { isInTime, type StampedCheckpoint } from '../../vault/stamp-book.ts';
import { stampsIn } from '../../vault/stamp-files.ts';
import type { LedgerLine } from '../../vault/ledger-lines.ts';
import { stampsOf } from '../../exports/stamps.ts';
import { table } from '../output/table.ts';
import type { View } from './view.ts';

/** Each slot with what others say of its time, newest last. */
export const stamps: View = async ({ archive, configuration }) => {
  const lines: LedgerLine[] = [];
  for await (const line of archive.ledger()) lines.push(line);
  const { slots } = await stampsOf(archive, lines, await stampsIn(configuration.paths.vault));
  const rows = slots.map(({ slot, opened, closed, isClosed, notBefore, notAfter }) => ({
    slot,
    opened: opened && factsOf(opened),
    closed: closed && factsOf(closed),
    isClosed,
    notBefore: notBefore?.toISOString() ?? null,
    notAfter: notAfter?.toISOString() ?? null,
  }));
  const said = (stamped: ReturnType<typeof factsOf> | null) =>
    stamped === null
      ? 'not stamped'
      : stamped.inTime
        ? stamped.at
        : `${stamped.at}, off by ${stamped.seconds} s`;
  return {
    value: { slots: rows },
    text:
      table(
        ['slot', 'opening stamped', 'closing stamped', 'by', 'not before', 'not after'],
        rows.map(({ slot, opened, closed, isClosed, notBefore, notAfter }) => [
          slot,
          said(opened),
          isClosed ? said(closed) : 'still open',
          [...new Set([opened, closed].flatMap((each) => each?.authority ?? []))].join(', '),
          notBefore ?? '',
          notAfter ?? '',
        ]),
      ) || 'nothing was read yet: run exhibit collect\n',
  };
};

function factsOf(stamped: StampedCheckpoint) {
  const { authority, signer, at, lagMs } = stamped;
  return {
    authority,
    signer,
    at: at.toISOString(),
    seconds: Math.trunc(lagMs / 1000),
    inTime: isInTime(stamped),
  };
}
