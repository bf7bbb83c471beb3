import { table } from '../output/table.ts';
import type { View } from './view.ts';

interface SlotRow {
  slot: string;
  seq: number;
  due: string;
  kind: 'scheduled' | 'manual' | 'unannounced' | 'gap';
  clock: string | null;
  status: string;
  runs: { source: string; attempt: number; status: string; items: number; at: string }[];
}

/** Every slot with its runs, and every night that was missed, newest last. */
export const runs: View = async ({ archive }) => {
  const slots = new Map<string, SlotRow>();
  for await (const line of archive.ledger()) {
    if (line.type === 'slot.open') {
      const { slot, seq, due, kind, clock } = line;
      slots.set(slot, { slot, seq, due, kind, clock, status: 'open', runs: [] });
    } else if (line.type === 'gap') {
      const { slot, seq, due, reason } = line;
      slots.set(slot, { slot, seq, due, kind: 'gap', clock: null, status: `missed: ${reason}`, runs: [] });
    } else if (line.type === 'run') {
      const source = await archive.nameOf(line.source);
      const { attempt, status, items, t: at } = line;
      slots.get(line.slot)?.runs.push({ source, attempt, status, items, at });
    } else if (line.type === 'slot.close') {
      const slot = slots.get(line.slot);
      if (slot) slot.status = line.status;
    }
  }
  const rows = [...slots.values()];
  return {
    value: { slots: rows },
    text:
      table(
        ['slot', 'due', 'kind', 'status', 'source', 'attempt', 'run', 'items'],
        rows.flatMap(({ slot, due, kind, status, runs: made }) =>
          made.length === 0
            ? [[slot, due, kind, status, '', '', '', '']]
            : made.map((run) => [slot, due, kind, status, run.source, run.attempt, run.status, run.items]),
        ),
      ) || 'nothing was read yet: run exhibit collect\n',
  };
};
