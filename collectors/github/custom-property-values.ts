import { z } from 'zod';
import { Label, Repository } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { repositoriesTotal } from './repositories.ts';
import { dataset, listing } from './scope.ts';

const Item = z.object({
  repository_id: z.int(),
  properties: z.array(
    z.object({ property_name: z.string(), value: z.union([z.string(), z.array(z.string())]).nullish() }),
  ),
});

/** What the organisation wrote on each of its repositories, such as whether it is in scope of an audit. */
export const customPropertyValues = dataset.state({
  id: 'github/custom-property-values',
  title: 'Custom properties of repositories',
  docs: 'https://docs.github.com/rest/orgs/custom-properties#list-custom-property-values-for-organization-repositories',
  permissions: ['Organization administration: read', 'Organization custom properties: read'],
  personal: [],
  speaks: [speaks(Repository, []), speaks(Label, ['repository', 'name', 'values'], { lists: true })],
  requests: ({ organization }) => [listing('/orgs/{org}/properties/values', { org: organization })],
  lists: [
    dataset.list('', Item, ({ repository_id, properties }) => [
      Repository.record({ id: String(repository_id) }),
      ...properties.flatMap(({ property_name: name, value }) =>
        value === null || value === undefined
          ? []
          : [
              Label.record({
                id: `${repository_id}:${name}`,
                repository: String(repository_id),
                name,
                values: typeof value === 'string' ? [value] : value,
              }),
            ],
      ),
    ]),
  ],
  count: repositoriesTotal,
});
