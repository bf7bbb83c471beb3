import { activeAccounts, type OfAccount } from './accounts.ts';
import { dataset } from './scope.ts';
import { eventHistory, LookedUp, lookup, signInOf, signInSpeech } from './sign-in-event.ts';

/** Where each partition keeps the sign-ins of root users. */
const home: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-cn': 'cn-north-1',
};

/** Sign-ins of root users. What root did beside is in the kept answers; it is not a sign-in. */
export const rootSignIns = dataset.log({
  id: 'aws/root-sign-ins',
  title: 'Root sign-ins',
  docs: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html',
  permissions: ['cloudtrail:LookupEvents'],
  tier: 'insurance-mfa',
  personal: ['IP addresses', 'times of use'],
  speaks: [signInSpeech],
  each: activeAccounts,
  ...eventHistory,
  requests: ({ partition, region }, { id }, interval) => [
    lookup({ key: 'Username', value: 'root' }, interval, { account: id, region: home[partition] ?? region }),
  ],
  lists: [
    dataset.list(
      '/Events',
      LookedUp,
      (event, { scope, parent }: OfAccount) => signInOf(event, scope, parent.id),
      // Events that are no sign-ins become no records, which would look like one item that came again and again.
      { counted: false },
    ),
  ],
});
