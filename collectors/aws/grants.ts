import type { GrantDocument } from '../collector.ts';
import type { Dataset } from '../dataset.ts';

/** The policy of a role that may do what these datasets need and nothing else. */
export function grants(datasets: readonly Dataset[]): GrantDocument {
  const actions = [...new Set(datasets.flatMap(({ permissions }) => permissions))].sort();
  return {
    title: 'As an IAM policy',
    content: {
      Version: '2012-10-17',
      Statement: [{ Sid: 'ExhibitReadOnly', Effect: 'Allow', Action: actions, Resource: '*' }],
    },
  };
}
