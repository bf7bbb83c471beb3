import { lookupEvents } from './cloudtrail-events.ts';
import { accountOf, type AwsTrail } from './model.ts';
import { fault, text, type JsonCall } from './operation.ts';
import type { Answer, Tree } from './wire.ts';

/** The operations of CloudTrail. */
export const cloudtrailOperations: Readonly<Record<string, (call: JsonCall) => Answer>> = {
  DescribeTrails: describeTrails,
  GetTrailStatus: (call) =>
    ofTrail(call, text(call.input, 'Name'), ({ trail }) => ({ result: statusTree(trail, call.now) })),
  GetEventSelectors: (call) =>
    ofTrail(call, text(call.input, 'TrailName'), (visible) => {
      const own = visible.owner === call.account.id;
      if (!own && call.model.organization?.membersReadTrailSelectors !== true)
        return unknown(call, visible.arn);
      return { result: { TrailARN: visible.arn, ...selectorsTree(visible.trail) } };
    }),
  LookupEvents: lookupEvents,
};

interface Visible {
  readonly trail: AwsTrail;
  readonly owner: string;
  readonly arn: string;
  /** A replica: of a trail of another region, or of the organisation's in a member account. */
  readonly shadow: boolean;
}

/**
 * The trails that an account sees from a region: its own of this region, its own of other regions that cover all, and
 * those of its organisation. A trail for one other region is not to be seen from here.
 */
function visibleTrails({ model, account, region }: JsonCall): readonly Visible[] {
  const of = (owner: string, trails: readonly AwsTrail[]) =>
    trails
      .filter(({ homeRegion, multiRegion }) => multiRegion || homeRegion === region)
      .map((trail): Visible => ({
        trail,
        owner,
        arn: `arn:${model.partition}:cloudtrail:${trail.homeRegion}:${owner}:trail/${trail.name}`,
        shadow: owner !== account.id || trail.homeRegion !== region,
      }));
  const management = model.organization && accountOf(model, model.organization.managementAccount);
  const theirs =
    management && management.id !== account.id && account.reachedByOrganizationTrails
      ? management.trails.filter(({ organization }) => organization)
      : [];
  return [...of(account.id, account.trails), ...(management ? of(management.id, theirs) : [])];
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html */
function describeTrails(call: JsonCall): Answer {
  const { input } = call;
  const wanted = Array.isArray(input['trailNameList']) ? input['trailNameList'].map(String) : [];
  const trails = visibleTrails(call).filter(({ trail, arn, shadow }) =>
    wanted.length > 0
      ? wanted.includes(arn) || (!shadow && wanted.includes(trail.name))
      : !shadow || input['includeShadowTrails'] !== false,
  );
  return { result: { trailList: trails.map(trailTree) } };
}

/** The trail by ARN, or by name where it is at home here; a shadow has no name of its own. */
function ofTrail(call: JsonCall, name: string | null, answer: (visible: Visible) => Answer): Answer {
  if (name === null) return fault(400, 'InvalidTrailNameException', 'Trail name cannot be blank!');
  const found = visibleTrails(call).find(
    ({ trail, arn, shadow }) => arn === name || (!shadow && trail.name === name),
  );
  return found ? answer(found) : unknown(call, name);
}

function unknown({ account }: JsonCall, name: string): Answer {
  return fault(400, 'TrailNotFoundException', `Unknown trail: ${name} for the user: ${account.id}`);
}

function trailTree({ trail, arn }: Visible): Tree {
  const { selectors } = trail;
  return {
    Name: trail.name,
    S3BucketName: trail.bucket,
    IncludeGlobalServiceEvents: true,
    IsMultiRegionTrail: trail.multiRegion,
    HomeRegion: trail.homeRegion,
    TrailARN: arn,
    LogFileValidationEnabled: trail.fileValidation,
    KmsKeyId: trail.kmsKey ?? undefined,
    HasCustomEventSelectors: selectors.type === 'advanced' || !isDefault(selectors.selectors),
    HasInsightSelectors: false,
    IsOrganizationTrail: trail.organization,
  };
}

function isDefault(selectors: readonly { readWriteType: string; managementEvents: boolean }[]): boolean {
  return selectors.every(
    ({ readWriteType, managementEvents }) => readWriteType === 'All' && managementEvents,
  );
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html, times as epoch seconds. */
function statusTree({ logging, startedAt, stoppedAt, deliveryError }: AwsTrail, now: Date): Tree {
  const epoch = (time: string) => Date.parse(time) / 1000;
  const last = stoppedAt ?? now.toISOString().replace(/\.\d+Z$/, 'Z');
  return {
    IsLogging: logging,
    LatestDeliveryError: deliveryError ?? undefined,
    LatestDeliveryTime: epoch(last),
    StartLoggingTime: epoch(startedAt),
    StopLoggingTime: stoppedAt === null ? undefined : epoch(stoppedAt),
    LatestDeliveryAttemptTime: last,
    LatestNotificationAttemptTime: '',
    LatestNotificationAttemptSucceeded: '',
    LatestDeliveryAttemptSucceeded: deliveryError === null ? last : '',
    TimeLoggingStarted: startedAt,
    TimeLoggingStopped: stoppedAt ?? '',
  };
}

function selectorsTree({ selectors }: AwsTrail): { readonly [name: string]: Tree } {
  if (selectors.type === 'classic')
    return {
      EventSelectors: selectors.selectors.map((each) => ({
        ReadWriteType: each.readWriteType,
        IncludeManagementEvents: each.managementEvents,
        DataResources: [],
        ExcludeManagementEventSources: each.excludedSources,
      })),
    };
  return {
    AdvancedEventSelectors: selectors.selectors.map(({ name, fields }) => ({
      Name: name,
      FieldSelectors: fields.map(({ field, equals, notEquals }) => ({
        Field: field,
        Equals: equals,
        NotEquals: notEquals,
      })),
    })),
  };
}
