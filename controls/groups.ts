import { z } from 'zod';

/** What ids have in common that begin alike, in a few words. */
export const Group = z.strictObject({ title: z.string(), prefixes: z.array(z.string()) });
export type Group = z.output<typeof Group>;

/** The first group that an id belongs to. */
export function groupOf(groups: readonly Group[], id: string): Group | undefined {
  return groups.find(({ prefixes }) => prefixes.some((prefix) => id.startsWith(prefix)));
}
