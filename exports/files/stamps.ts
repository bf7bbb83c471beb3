import { isInTime, type SlotStamps, type StampedCheckpoint } from '../../vault/stamp-book.ts';
import { csv } from '../csv.ts';
import type { Exporter } from '../exporter.ts';

/** Each slot with what others say of its time: when its opening and its closing were stamped, or that they were not. */
export const stamps: Exporter = ({ stamps: { slots } }) => [
  {
    path: 'data/stamps.csv',
    content: csv(
      [
        ...['slot', 'opening', 'opening_stamped_utc', 'opening_seconds_after', 'opening_by'],
        ...['closing', 'closing_stamped_utc', 'closing_seconds_after', 'closing_by'],
        ...['not_before_utc', 'not_after_utc'],
      ],
      slots.map((slot) => [
        slot.slot,
        ...columns(slot.opened),
        ...(slot.isClosed ? columns(slot.closed) : ['not closed', null, null, null]),
        ...between(slot),
      ]),
    ),
  },
];

function columns(stamped: StampedCheckpoint | null): (string | number | null)[] {
  if (!stamped) return ['not stamped', null, null, null];
  const { at, lagMs, signer } = stamped;
  const state = isInTime(stamped) ? 'stamped' : lagMs > 0 ? 'stamped late' : 'stamped before its time';
  return [state, at.toISOString(), Math.trunc(lagMs / 1000), signer];
}

function between({ notBefore, notAfter }: SlotStamps): (string | null)[] {
  return [notBefore, notAfter].map((at) => at?.toISOString() ?? null);
}
