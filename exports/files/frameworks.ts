import { csv } from '../csv.ts';
import type { Exporter } from '../exporter.ts';

/** Requirement by requirement, which tests bear on it and what they found. A requirement itself is never passed or failed. */
export const frameworkTables: Exporter = ({ frameworks, judgement }) =>
  frameworks.map(({ id, requirements }) => ({
    path: `data/frameworks/${id}.csv`,
    content: csv(
      ['requirement', 'about', 'test', 'test_status', 'pass', 'total'],
      requirements.flatMap((requirement) => {
        const tested = requirement.controls.flatMap((control) =>
          judgement.results.filter((result) => result.control === control),
        );
        if (tested.length === 0)
          return [[requirement.id, requirement.about, 'no automated evidence', '', '', '']];
        return tested.map(({ control, status, population: { pass, total } }) => [
          requirement.id,
          requirement.about,
          control,
          status,
          pass,
          total,
        ]);
      }),
    ),
  }));
