import { z } from 'zod';
import { AppRegistration, Credential } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import {
  credentialFields,
  credentialRecords,
  Credentials,
  credentialSecrets,
} from './program-credentials.ts';
import { counting, countIn, dataset, listing, silent, Time, timeOf } from './scope.ts';

const fields = 'id,appId,displayName,createdDateTime,signInAudience,passwordCredentials,keyCredentials';
const Item = z.object({
  id: z.guid(),
  appId: z.string().nullish(),
  displayName: z.string().nullish(),
  createdDateTime: Time.nullish(),
  signInAudience: z.string().nullish(),
  ...Credentials,
});

/** Programs that were registered in the tenant, and until when their passwords and certificates hold. */
export const applications = dataset.state({
  id: 'microsoft365/applications',
  title: 'App registrations and their credentials',
  docs: 'https://learn.microsoft.com/graph/api/application-list',
  permissions: ['Application.Read.All'],
  personal: [],
  secrets: credentialSecrets,
  speaks: [
    speaks(AppRegistration, ['name', 'program', 'audience', 'createdAt'], { lists: true }),
    speaks(Credential, credentialFields, { lists: true }),
  ],
  // Graph answers 150 such requests a minute for a tenant: https://learn.microsoft.com/graph/api/resources/application
  requests: () => [listing('/applications', { $select: fields, $top: '999' })],
  lists: [
    dataset.list('/value', Item, (item) => [
      AppRegistration.record({
        id: item.id,
        name: known(item.displayName, silent),
        program: known(item.appId, silent),
        audience: known(item.signInAudience, silent),
        createdAt: known(timeOf(item.createdDateTime), silent),
      }),
      ...credentialRecords(item.id, item),
    ]),
  ],
  count: {
    what: "Graph's count of app registrations",
    request: () => counting('/applications'),
    of: countIn,
  },
});
