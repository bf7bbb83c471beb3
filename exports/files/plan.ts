import type { Exporter } from '../exporter.ts';

/** What was due and how it was judged, as the slot pinned it. */
export const planFile: Exporter = ({ judgement }) => [
  { path: 'data/plan.json', content: `${JSON.stringify(judgement.plan)}\n` },
];
