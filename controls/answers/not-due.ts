import listed from './listed-by.json' with { type: 'json' };

/** Datasets that list a kind of thing, or a part of it, but for those that take an opt-in of their own. */
export const listedBy: Readonly<Record<string, readonly string[]>> = listed;

interface Source {
  readonly id: string;
  readonly collector: string;
  readonly datasets: readonly { readonly id: string }[];
}

/**
 * What of a connected source would list things of these kinds and was not due, for want of consent or by choice: a list
 * of what is at all sources is none of all as long as one of them was not asked for its part.
 */
export function notDue(kinds: readonly string[], sources: readonly Source[]): string[] {
  return sources.flatMap(({ id, collector, datasets }) => {
    const due = new Set(datasets.map((each) => each.id));
    return kinds.flatMap((kind) =>
      (listedBy[kind] ?? [])
        .filter((dataset) => dataset.startsWith(`${collector}/`) && !due.has(dataset))
        .map((dataset) => `${dataset} of ${id} lists ${kind} and was not due`),
    );
  });
}
