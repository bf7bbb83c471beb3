import { activeAccounts, type OfAccount } from './accounts.ts';
import { dataset, type Scope } from './scope.ts';
import { eventHistory, LookedUp, lookup, signInOf, signInSpeech } from './sign-in-event.ts';

const docs =
  'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html';

/** Where the global sign-in page of the first partition leaves its events, as that page of the vendor says. */
const globalSignIn = ['us-east-1', 'us-east-2', 'eu-north-1', 'ap-southeast-2'];

/**
 * Sign-ins to the console, and attempts: those through the global sign-in page, and those through the page of the
 * configured region. Who uses the page of another region signs in there, which is not read.
 */
export const consoleSignIns = dataset.log({
  id: 'aws/console-sign-ins',
  title: 'Console sign-ins',
  docs,
  permissions: ['cloudtrail:LookupEvents'],
  tier: 'insurance-mfa',
  personal: ['account names', 'IP addresses', 'times of use'],
  speaks: [signInSpeech],
  each: activeAccounts,
  ...eventHistory,
  requests: (scope, { id }, interval) =>
    regionsOf(scope).map((region) =>
      lookup({ key: 'EventName', value: 'ConsoleLogin' }, interval, { account: id, region }),
    ),
  lists: [
    dataset.list('/Events', LookedUp, (event, { scope, parent }: OfAccount) =>
      signInOf(event, scope, parent.id),
    ),
  ],
});

function regionsOf({ partition, region }: Scope): readonly string[] {
  return [...new Set(partition === 'aws' ? [region, ...globalSignIn] : [region])];
}
