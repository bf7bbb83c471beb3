import { whole, type PartitionLine } from '../../evidence-model/snapshot.ts';
import type { Subject } from '../../evidence-model/subject.ts';
import type { Context, Need, View } from '../control.ts';
import type { Evidence } from '../evaluate.ts';
import { blameFor, everything, isAskedFor, isAskedOf, openIn, type Reading } from '../readings.ts';
import { keyNaming, keyOfSource, relativesOf, unspoken, type Relatives } from '../relatives.ts';
import { viewOf } from '../view.ts';

export type Needs<Related> = { readonly [K in keyof Related]: Need<Related[K]> };

/** What one source says, seen as a control would see it: only the fields that are needed, and why there may be more. */
export interface WholeSource<Related> extends Pick<Context<Related>, 'related' | 'open'> {
  /** The subject behind a view, for what it cites. */
  readonly subject: (name: keyof Related, id: string) => Subject | undefined;
}

/** Looks at one source as a whole. Each thing is found by what it belongs to, so that nobody is looked for twice. */
export function wholeSource<Related>(
  { readings: all, subjects }: Pick<Evidence, 'readings' | 'subjects'>,
  source: string,
  needs: Needs<Related>,
): WholeSource<Related> {
  const declared = Object.entries<Need>(needs as Readonly<Record<string, Need>>);
  const readings = all.filter(
    (reading) => reading.source === source && declared.some(([, need]) => isAskedOf(reading, need)),
  );
  const found = new Map<string, Relatives>();
  const named = new Map<string, ReadonlyMap<string, Subject>>();
  const shortfalls = new Map<string, string | null>();
  const silent = new Map<string, string>();
  const needOf = (name: string): Need => {
    const need = (needs as Readonly<Record<string, Need>>)[name];
    if (!need) throw new Error(`${name} is looked at but not declared`);
    return need;
  };
  const here = (need: Need) => subjects.of(need.kind).filter((subject) => subject.source === source);
  const relatives = (name: string) => {
    let relatives = found.get(name);
    if (!relatives) {
      const need = needOf(name);
      relatives = relativesOf(name, need, here(need));
      found.set(name, relatives);
    }
    return relatives;
  };
  // Why a field of a kind is not told is the same for all that do not tell it, but for their ids.
  const blame = (kind: string, field: string, id: string) => {
    const key = `${kind} ${field}`;
    const text = silent.get(key) ?? blameFor(readings, kind, field, one, everything);
    silent.set(key, text);
    return text.replace(one, id);
  };
  const asked = (kind: string, field: string, id: string) => isAskedFor(readings, kind, field, id);
  return {
    related: (name, of) => {
      const need = needOf(name as string);
      const key = need.by === undefined ? keyOfSource(source) : keyNaming({ source }, of ?? '');
      const these = relatives(name as string).index.get(key) ?? [];
      return these.map((subject) => viewOf(subject, need, { blame, asked }, null) as View<never>);
    },
    open: (name) => {
      const before = shortfalls.get(name as string);
      if (before !== undefined) return before;
      const need = needOf(name as string);
      const speaking = readings.filter((reading) => isAskedOf(reading, need));
      const lacking = [
        ...unspoken(speaking, [need]),
        ...openIn(speaking.map(shortened), everything),
        ...relatives(name as string).stray(source),
      ];
      const text = lacking.length === 0 ? null : lacking.join('; ');
      shortfalls.set(name as string, text);
      return text;
    },
    subject: (name, id) => {
      let byId = named.get(name as string);
      if (!byId) {
        byId = new Map(here(needOf(name as string)).map((subject) => [subject.id, subject]));
        named.set(name as string, byId);
      }
      return byId.get(id);
    },
  };
}

/** Stands for whom a reason is about. */
const one = '\u0000';

/** Of many partitions that were not wholly read, the first: everybody's reason holds this text. */
function shortened(reading: Reading): Reading {
  const open = reading.partitions.filter(({ outcome }) => outcome !== 'complete');
  const [first] = open;
  if (!first || open.length < 2) return reading;
  const others: Pick<PartitionLine, 'id' | 'outcome' | 'reasons'> = {
    id: whole,
    outcome: first.outcome,
    reasons: [
      {
        ...(first.reasons[0] ?? { code: 'not-asked', grant: [] }),
        text: `${open.length} parts were not wholly read, ${first.id} for one: ${first.reasons[0]?.text ?? first.outcome}`,
      },
    ],
  };
  return { ...reading, partitions: [others] };
}
