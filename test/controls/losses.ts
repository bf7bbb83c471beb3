import type { Told } from './support.ts';

const outcomes = ['partial', 'truncated', 'denied', 'failed', 'not-licensed'] as const;

type Loss = (told: Told, pick: number) => Told;
/** Ways in which evidence is lost: a refusal, a cut, a field that is not told or left out. */
export const losses: readonly Loss[] = [
  (told, pick) => ({ ...told, records: [], partitions: incomplete(told, pick) }),
  (told, pick) => ({ ...told, partitions: incomplete(told, pick) }),
  (told, pick) => ({
    ...told,
    partitions: incomplete(told, pick),
    records: told.records.filter((_, n) => n !== pick % told.records.length),
  }),
  (told, pick) => change(told, pick, (field, record) => ({ ...record, [field]: { unknown: 'not told' } })),
  (told, pick) =>
    change(
      told,
      pick,
      (field, record) =>
        Object.fromEntries(Object.entries(record).filter(([name]) => name !== field)) as typeof record,
    ),
];

function incomplete(told: Told, pick: number): NonNullable<Told['partitions']> {
  const ids = Object.keys(told.partitions ?? { all: '' });
  return Object.fromEntries(ids.map((id) => [id, outcomes[pick % outcomes.length] ?? 'failed']));
}

function change(
  told: Told,
  pick: number,
  how: (field: string, record: Told['records'][number]) => Told['records'][number],
): Told {
  const at = told.records.length === 0 ? -1 : pick % told.records.length;
  return {
    ...told,
    records: told.records.map((record, n) => {
      const fields = Object.keys(record).filter((field) => !['kind', 'id', 'partition'].includes(field));
      const field = fields[pick % Math.max(1, fields.length)];
      return n === at && field !== undefined ? how(field, record) : record;
    }),
  };
}
