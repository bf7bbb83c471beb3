import { activeAccounts, type OfAccount } from './accounts.ts';
import { dataset } from './scope.ts';
import { eventHistory, LookedUp, lookup, signInOf, signInSpeech } from './sign-in-event.ts';

/**
 * Sign-ins to the console, and attempts, that the configured region keeps. A user may sign in at the end point of
 * another region, which then keeps the event.
 */
export const consoleSignIns = dataset.log({
  id: 'aws/console-sign-ins',
  title: 'Console sign-ins',
  docs: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html',
  permissions: ['cloudtrail:LookupEvents'],
  speaks: [signInSpeech],
  each: activeAccounts,
  ...eventHistory,
  requests: (_scope, { id }, interval) => [
    lookup({ key: 'EventName', value: 'ConsoleLogin' }, interval, { account: id }),
  ],
  lists: [
    dataset.list('/Events', LookedUp, (event, { scope, parent }: OfAccount) =>
      signInOf(event, scope, parent.id),
    ),
  ],
});
