import { z } from 'zod';
import { Reader } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { dataset } from './scope.ts';

export const Viewer = z.object({ login: z.string().min(1), databaseId: z.int() });
export const viewerQuery = 'query { viewer { login databaseId } }';

/** What GitHub writes behind the name of an App where it acts by itself. No account of a person may be called so. */
const mark = '[bot]';

/** Whose token reads the organisation: that of an App's installation there, or somebody's. */
export const reader = dataset.state({
  id: 'github/reader',
  title: 'Who reads',
  docs: 'https://docs.github.com/graphql/reference/queries#viewer',
  permissions: ['Repository metadata: read'],
  personal: ['account names'],
  speaks: [speaks(Reader, ['name', 'type'], { lists: true })],
  requests: () => [{ query: viewerQuery, variables: {} }],
  lists: [
    dataset.one('/data/viewer', Viewer, ({ login, databaseId }) => [
      login.endsWith(mark)
        ? Reader.record({ id: String(databaseId), name: login.slice(0, -mark.length), type: 'app' })
        : Reader.record({ id: String(databaseId), name: login, type: 'token' }),
    ]),
  ],
});
