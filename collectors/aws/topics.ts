import { z } from 'zod';
import { Topic } from '../../evidence-model/kinds.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset, type Scope } from './scope.ts';

const Item = z.object({ TopicArn: z.string().min(1) });

/** Where alarms and others give out their news. */
export const topics = dataset.state({
  id: 'aws/topics',
  title: 'Topics',
  docs: 'https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html',
  permissions: ['sns:ListTopics'],
  tier: 'full',
  personal: [],
  speaks: [speaks(Topic, ['cloudAccount', 'region'], { lists: true })],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, { service: 'sns', operation: 'ListTopics', paging: pagedBy.nextToken }),
  ],
  lists: [
    dataset.list('/Topics', Item, ({ TopicArn }, { parent }: OfRegion) => [
      Topic.record({ id: TopicArn, ...placeOf(parent) }),
    ]),
  ],
});

export const eachTopic = each(topics, Topic, ['cloudAccount', 'region']);
export type OfTopic = Reading<Scope, Parameters<typeof eachTopic.where>[0]>;
