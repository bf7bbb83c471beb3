import type { Evidence } from '../evaluate.ts';

/** The source that stands for Exhibit itself. */
export function ownSource(sources: Evidence['sources']): string | null {
  return sources.find(({ collector }) => collector === 'exhibit')?.id ?? null;
}
