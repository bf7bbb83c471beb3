import { Reader } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { Viewer, viewerQuery } from './reader.ts';
import { dataset } from './scope.ts';

/** Whose token reads the enterprise that the organisation belongs to. */
export const enterpriseReader = dataset.state({
  id: 'github/enterprise-reader',
  title: 'Who reads the enterprise',
  docs: 'https://docs.github.com/graphql/reference/queries#viewer',
  permissions: ['Enterprise owner, by a classic token with read:enterprise'],
  tier: 'enterprise',
  personal: ['account names'],
  speaks: [speaks(Reader, ['name', 'type'], { lists: true })],
  requests: () => [{ query: viewerQuery, variables: {}, ofEnterprise: true }],
  lists: [
    dataset.one('/data/viewer', Viewer, ({ login, databaseId }) => [
      Reader.record({ id: `enterprise:${databaseId}`, name: login, type: 'token' }),
    ]),
  ],
});
