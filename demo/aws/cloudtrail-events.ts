import { iamArn, type AwsSignIn } from './model.ts';
import { fault, text, type JsonCall } from './operation.ts';
import { slice } from './paging.ts';
import type { Answer, Tree } from './wire.ts';

// https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
const memoryMs = 90 * 86_400_000;
const maximumResults = 50;

/** The sign-ins of one region, the newest first, as far back as CloudTrail remembers. */
export function lookupEvents(call: JsonCall): Answer {
  const { account, input, region, now, pageSize } = call;
  const attribute = attributeOf(input['LookupAttributes']);
  if (attribute === undefined)
    return fault(400, 'InvalidLookupAttributesException', 'The lookup attribute is not valid.');
  const asked = input['MaxResults'] ?? maximumResults;
  if (typeof asked !== 'number' || asked < 1 || asked > maximumResults)
    return fault(400, 'InvalidMaxResultsException', 'A max results value of 1 to 50 is required.');
  const from = seconds(input['StartTime']) ?? 0;
  const to = seconds(input['EndTime']) ?? now.getTime() / 1000;
  if (from > to) return fault(400, 'InvalidTimeRangeException', 'Start time must be before end time.');

  const oldest = (now.getTime() - memoryMs) / 1000;
  const events = account.signIns
    .filter((event) => {
      const at = Date.parse(event.at) / 1000;
      // Both ends are part of the interval.
      return event.region === region && at >= Math.max(from, oldest) && at <= to && matches(event, attribute);
    })
    .toSorted((a, b) => (a.at > b.at ? -1 : a.at < b.at ? 1 : 0));
  const page = slice(events, {
    mark: text(input, 'NextToken'),
    size: Math.min(asked, pageSize),
    question: JSON.stringify([region, attribute, input['StartTime'] ?? null, input['EndTime'] ?? null]),
  });
  if (!page) return fault(400, 'InvalidNextTokenException', 'Invalid Token.');
  return {
    result: {
      Events: page.items.map((event) => eventTree(call, event)),
      ...(page.next === null ? {} : { NextToken: page.next }),
    },
  };
}

type Attribute = readonly [
  key: 'EventName' | 'Username' | 'EventId' | 'EventSource' | 'ReadOnly',
  value: string,
];

/** At most one attribute may be given: `null` where none is, `undefined` where it is not a valid one. */
function attributeOf(given: unknown): Attribute | null | undefined {
  if (given === undefined || (Array.isArray(given) && given.length === 0)) return null;
  if (!Array.isArray(given) || given.length > 1) return undefined;
  const { AttributeKey: key, AttributeValue: value } = given[0] as Record<string, unknown>;
  const known = (['EventName', 'Username', 'EventId', 'EventSource', 'ReadOnly'] as const).find(
    (each) => each === key,
  );
  return known !== undefined && typeof value === 'string' ? [known, value] : undefined;
}

function matches({ id, user }: AwsSignIn, attribute: Attribute | null): boolean {
  if (attribute === null) return true;
  const [key, value] = attribute;
  const facts: Readonly<Record<Attribute[0], string>> = {
    EventName: 'ConsoleLogin',
    EventSource: 'signin.amazonaws.com',
    ReadOnly: 'false',
    EventId: id,
    Username: user,
  };
  return facts[key] === value;
}

function eventTree(call: JsonCall, event: AwsSignIn): Tree {
  return {
    EventId: event.id,
    EventName: 'ConsoleLogin',
    ReadOnly: 'false',
    EventTime: Date.parse(event.at) / 1000,
    EventSource: 'signin.amazonaws.com',
    Username: event.user,
    Resources: [],
    CloudTrailEvent: JSON.stringify(recordOf(call, event)),
  };
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html */
function recordOf({ model, account }: JsonCall, event: AwsSignIn): Readonly<Record<string, unknown>> {
  const user = account.users.find(({ name }) => name === event.user);
  const identity =
    event.user === 'root'
      ? {
          type: 'Root',
          principalId: account.id,
          arn: iamArn(model, account.id, 'root'),
          accountId: account.id,
        }
      : {
          type: 'IAMUser',
          principalId: user?.id ?? '',
          arn: iamArn(model, account.id, `user${user?.path ?? '/'}${event.user}`),
          accountId: account.id,
          userName: event.user,
        };
  return {
    eventVersion: '1.08',
    userIdentity: identity,
    eventTime: event.at,
    eventSource: 'signin.amazonaws.com',
    eventName: 'ConsoleLogin',
    awsRegion: event.region,
    sourceIPAddress: '192.0.2.10',
    userAgent: 'Mozilla/5.0',
    ...(event.succeeded ? {} : { errorMessage: 'Failed authentication' }),
    requestParameters: null,
    responseElements: { ConsoleLogin: event.succeeded ? 'Success' : 'Failure' },
    additionalEventData: { MobileVersion: 'No', MFAUsed: event.mfaUsed ? 'Yes' : 'No' },
    eventID: event.id,
    readOnly: false,
    eventType: 'AwsConsoleSignIn',
    managementEvent: true,
    recipientAccountId: account.id,
    eventCategory: 'Management',
  };
}

function seconds(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
