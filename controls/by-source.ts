import type { Subject } from '../evidence-model/subject.ts';

export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** By source, of how many something is so, and of whom for one: everybody else's reason holds this text. */
export function counted(
  subjects: readonly Subject[],
  what: string,
): (readonly [source: string, text: string])[] {
  const bySource = new Map<string, Subject[]>();
  for (const subject of subjects) push(bySource, subject.source, subject);
  return [...bySource].map(([source, these]) => [
    source,
    `${what} of ${these.length}, of ${these[0]?.id} for one`,
  ]);
}
