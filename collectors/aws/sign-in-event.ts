import { z } from 'zod';
import type { Emission } from '../../evidence-model/kind.ts';
import { SignIn } from '../../evidence-model/kinds.ts';
import { known, type Unknown } from '../../evidence-model/unknown.ts';
import { speaks, type Interval } from '../dataset.ts';
import { rootArn, type Request, type Scope } from './scope.ts';

/** CloudTrail's own record of the event, which LookupEvents hands out as text. */
const Told = z.object({
  eventTime: z.iso.datetime(),
  userIdentity: z.object({ type: z.string().optional(), arn: z.string().optional() }),
  responseElements: z.object({ ConsoleLogin: z.string().optional() }).nullish(),
  additionalEventData: z.object({ MFAUsed: z.string().optional() }).nullish(),
});

/** One event of LookupEvents. */
export const LookedUp = z.object({
  EventId: z.string().min(1),
  EventName: z.string(),
  CloudTrailEvent: z.string(),
});

/** What event history tells of sign-ins. Only some regions are asked, so it does not list all of them. */
export const signInSpeech = speaks(SignIn, ['cloudAccount', 'account', 'at', 'succeeded', 'mfaUsed']);

/**
 * How far event history goes back, and how long an event may take to be in it.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html (90 days)
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html (about 5 minutes on
 * average, not guaranteed; thrice that is ours)
 */
export const eventHistory = { memoryDays: 90, settleMinutes: 15 };

/** Asks event history for what has this attribute. The service takes one attribute at a time. */
export function lookup(
  attribute: { readonly key: 'EventName' | 'Username'; readonly value: string },
  { from, to }: Interval,
  place: { readonly account: string; readonly region: string },
): Request {
  return {
    service: 'cloudtrail',
    operation: 'LookupEvents',
    input: {
      LookupAttributes: [{ AttributeKey: attribute.key, AttributeValue: attribute.value }],
      StartTime: new Date(from),
      EndTime: new Date(to),
    },
    paging: { out: 'NextToken', in: 'NextToken' },
    ...place,
  };
}

/** The sign-in that an event tells of; an event of another kind tells of none. */
export function signInOf(
  { EventId, EventName, CloudTrailEvent }: z.output<typeof LookedUp>,
  scope: Scope,
  cloudAccount: string,
): Emission[] {
  if (EventName !== 'ConsoleLogin') return [];
  const { eventTime, userIdentity, responseElements, additionalEventData } = Told.parse(
    JSON.parse(CloudTrailEvent),
  );
  const { type, arn } = userIdentity;
  return [
    SignIn.record({
      id: EventId,
      cloudAccount,
      account:
        type === 'Root'
          ? rootArn(scope, cloudAccount)
          : known(arn, 'CloudTrail names no account where the user does not exist'),
      at: new Date(eventTime).toISOString(),
      succeeded: oneOf(responseElements?.ConsoleLogin, { Success: true, Failure: false }),
      // Whoever comes through an identity provider showed the second factor there, if any; CloudTrail says No all the same.
      mfaUsed:
        type === 'Root' || type === 'IAMUser'
          ? oneOf(additionalEventData?.MFAUsed, { Yes: true, No: false })
          : { unknown: 'the sign-in came through an identity provider, which AWS does not see' },
    }),
  ];
}

function oneOf(word: string | undefined, meanings: Readonly<Record<string, boolean>>): boolean | Unknown {
  const meaning = word !== undefined && Object.hasOwn(meanings, word) ? meanings[word] : undefined;
  return known(meaning, 'CloudTrail does not tell it');
}
