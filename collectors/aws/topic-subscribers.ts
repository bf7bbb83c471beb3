import { z } from 'zod';
import { Topic } from '../../evidence-model/kinds.ts';
import { type Unknown } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset } from './scope.ts';
import { eachTopic, type OfTopic } from './topics.ts';

const Item = z.object({
  SubscriptionsConfirmed: z.string().optional(),
  SubscriptionsPending: z.string().optional(),
});

/** How many get the news of each topic. Who they are, by their addresses and numbers, is not asked for. */
export const topicSubscribers = dataset.state({
  id: 'aws/topic-subscribers',
  title: 'Subscribers of topics',
  docs: 'https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html',
  permissions: ['sns:GetTopicAttributes'],
  tier: 'full',
  personal: [],
  speaks: [speaks(Topic, ['confirmed', 'pending'])],
  each: eachTopic,
  requests: (_scope, { id, cloudAccount, region }) => [
    {
      service: 'sns',
      operation: 'GetTopicAttributes',
      input: { TopicArn: id },
      account: cloudAccount,
      region,
    },
  ],
  lists: [
    dataset.one('/Attributes', Item, (attributes, { parent }: OfTopic) => [
      Topic.record({
        id: parent.id,
        confirmed: numberOf(attributes.SubscriptionsConfirmed),
        pending: numberOf(attributes.SubscriptionsPending),
      }),
    ]),
  ],
});

/** Attributes are text, numbers too. */
function numberOf(text: string | undefined): number | Unknown {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : { unknown: 'AWS does not tell it' };
}
