import { z } from 'zod';
import { Reader } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, ownApplication, silent, single } from './scope.ts';

const Item = z.object({ id: z.guid(), appId: z.guid(), displayName: z.string().nullish() });

/** The program that reads the tenant, as it was let in there. */
export const reader = dataset.state({
  id: 'microsoft365/reader',
  title: 'Who reads',
  docs: 'https://learn.microsoft.com/graph/api/serviceprincipal-get',
  permissions: ['Application.Read.All'],
  personal: [],
  speaks: [speaks(Reader, ['name', 'type'], { lists: true })],
  requests: () => [
    single(`/servicePrincipals(appId='${ownApplication}')`, { $select: 'id,appId,displayName' }),
  ],
  lists: [
    dataset.one('', Item, ({ id, appId, displayName }, { url }) => {
      if (!url.toLowerCase().includes(appId.toLowerCase()))
        throw new Error('the answer is about another program');
      return [Reader.record({ id, name: known(displayName, silent), type: 'program' })];
    }),
  ],
});
