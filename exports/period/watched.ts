import type { Need } from '../../controls/control.ts';
import { areListing, isAskedOf } from '../../controls/readings.ts';
import type { JudgedNight } from '../judge-night.ts';

/** Something of which a night may tell who is among it, or what is so of whom. */
export interface Watched {
  readonly collector: string;
  /** The kind of its things. Every dataset of the source that lists the kind must be whole for somebody not to be there. */
  readonly kind: string;
  /** A field that some dataset must tell, where it is told apart from the listing. */
  readonly tells?: string;
  /** The dataset for which the source itself counts these things, with those of all that name it. */
  readonly counted?: string;
  /** What it follows from, where no dataset lists it: all that is asked of must be whole, and some of it listed at all. */
  readonly from?: { readonly listed: readonly Need[]; readonly besides: readonly Need[] };
}

/** How a slot looked at something, and whether it read all of it itself. */
export interface Looked {
  readonly look: 'partly' | 'wholly';
  readonly isRead: boolean;
}

/** The kinds that decide what a night tells of it. */
export function kindsOf({ kind, from }: Watched): readonly string[] {
  return from ? [...from.listed, ...from.besides].map((need) => need.kind) : [kind];
}

/** How a slot looked at something of a source; `null` where nothing of it was due there. */
export function lookedAt(watched: Watched, source: string, slot: string, judged: JudgedNight): Looked | null {
  const due = judged.plan.sources.find(({ id }) => id === source)?.datasets ?? [];
  const speaking = judged.datasets
    .filter((each) => each.source === source)
    .map((each) => {
      const planned = due.find(({ id }) => id === each.dataset);
      const kinds = each.snapshot?.header.kinds ?? planned?.kinds ?? {};
      return { ...each, kinds, absence: {} };
    });
  const { kind, tells, from } = watched;
  const telling = speaking.filter(({ kinds }) => tells !== undefined && kinds[kind]?.speaks.includes(tells));
  if (tells !== undefined && telling.length === 0) return null;
  if (from?.listed.every((need) => areListing(speaking, need)) === false) return null;
  const asked = from ? [...from.listed, ...from.besides] : [];
  const bearing = speaking.filter(
    (each) =>
      telling.includes(each) ||
      (from ? asked.some((need) => isAskedOf(each, need)) : (each.kinds[kind]?.lists ?? false) !== false),
  );
  if (bearing.length === 0) return null;
  const isWhole = bearing.every(
    ({ snapshot, reasons, slot: read }) =>
      read === slot && snapshot?.end.outcome === 'complete' && reasons.length === 0,
  );
  return { look: isWhole ? 'wholly' : 'partly', isRead: bearing.every((each) => each.slot === slot) };
}
