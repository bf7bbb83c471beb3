import { z } from 'zod';
import { AuthenticationContext } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing, silent } from './scope.ts';

const Item = z.object({
  id: z.string().min(1),
  displayName: z.string().nullish(),
  isAvailable: z.boolean().nullish(),
});

/** Marks that roles and applications can bear, and of which policies ask more. */
export const authenticationContexts = dataset.state({
  id: 'microsoft365/authentication-contexts',
  title: 'Authentication contexts',
  docs: 'https://learn.microsoft.com/graph/api/conditionalaccessroot-list-authenticationcontextclassreferences',
  permissions: ['Policy.Read.ConditionalAccess'],
  personal: [],
  speaks: [speaks(AuthenticationContext, ['name', 'inUse'], { lists: true })],
  requests: () => [listing('/identity/conditionalAccess/authenticationContextClassReferences')],
  lists: [
    dataset.list('/value', Item, ({ id, displayName, isAvailable }) => [
      AuthenticationContext.record({
        id,
        name: known(displayName, silent),
        inUse: known(isAvailable, silent),
      }),
    ]),
  ],
});
