import { z } from 'zod';
import { Webhook } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing, silent } from './scope.ts';

const Item = z.object({
  id: z.int(),
  active: z.boolean(),
  events: z.array(z.string()),
  config: z.object({
    insecure_ssl: z.union([z.string(), z.number()]).nullish(),
    // Where there is a secret, GitHub shows stars; where there is none, it leaves the key out.
    secret: z.string().nullish(),
  }),
});

const checked: Readonly<Record<string, boolean>> = { '0': true, '1': false };

/** Whom GitHub tells what happens in the organisation. */
export const webhooks = dataset.state({
  id: 'github/webhooks',
  title: 'Webhooks of the organisation',
  docs: 'https://docs.github.com/rest/orgs/webhooks#list-organization-webhooks',
  permissions: ['Organization webhooks: read'],
  personal: [],
  speaks: [speaks(Webhook, ['active', 'events', 'certificateChecked', 'signed'], { lists: true })],
  // People are not shown what OAuth apps made, nor those what people made.
  doubt: ({ by }) =>
    by === 'app'
      ? null
      : 'GitHub hides from a token which webhooks were made by OAuth apps; a GitHub App sees all',
  // Whoever knows the address of a webhook can often speak in its name.
  secrets: ['url', 'token', 'password', 'secret'].map((name) => `/*/config/${name}`),
  requests: ({ organization }) => [listing('/orgs/{org}/hooks', { org: organization })],
  lists: [
    dataset.list('', Item, ({ id, active, events, config: { insecure_ssl, secret } }) => [
      Webhook.record({
        id: String(id),
        active,
        events,
        certificateChecked: known(checked[String(insecure_ssl)], silent),
        signed: typeof secret === 'string' && secret !== '',
      }),
    ]),
  ],
});
