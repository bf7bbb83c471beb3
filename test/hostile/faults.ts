import { z } from 'zod';
import type { Dataset } from '../../collectors/dataset.ts';
import type { FaultRule } from '../../demo/misbehave.ts';

/**
 * What must come of a fault. `same`: everything is as without it. `cannot tell`: nothing that rests on the reading
 * passes. `as read`: it depends on what the source still said, which is held against what was lost.
 */
export type Expected = 'same' | 'cannot tell' | 'as read';

export interface NamedFault {
  readonly name: string;
  readonly expected: Expected;
  /** Something that can be granted is missing, and must be named. */
  readonly grant: boolean;
  /** It is about further pages. */
  readonly paging: boolean;
  readonly rules: readonly FaultRule[];
}

/** Requests of a collector that read evidence: signing in is another matter, with tests of its own. */
const reads: Readonly<Record<string, NonNullable<FaultRule['match']>>> = {
  github: {},
  microsoft365: { path: /^\/(?:(?:v1\.0|beta)\/|dns-query\?|exchange\/)/ },
  aws: { operation: /^(?!sts\/)/ },
};

interface Refusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** What AWS calls it, with the status that goes with it where that is another. */
  readonly aws: { readonly code: string; readonly status?: number };
  readonly graph: string;
  /** The words beside the code, by which nothing may be decided. */
  readonly message?: string;
}

const refusals = {
  refused: { status: 401, aws: { code: 'UnrecognizedClientException' }, graph: 'InvalidAuthenticationToken' },
  forbidden: { status: 403, aws: { code: 'AccessDenied' }, graph: 'Authorization_RequestDenied' },
  hidden: { status: 404, aws: { code: 'ResourceNotFoundException' }, graph: 'Request_ResourceNotFound' },
  owners: { status: 422, aws: { code: 'ValidationException' }, graph: 'Request_BadRequest' },
  noP1: {
    status: 403,
    aws: { code: 'OptInRequired' },
    graph: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
  },
  noP2: { status: 400, aws: { code: 'SubscriptionRequiredException' }, graph: 'AadPremiumLicenseRequired' },
  throttled: {
    status: 429,
    headers: { 'retry-after': '2.128' },
    aws: { code: 'ThrottlingException', status: 400 },
    graph: 'TooManyRequests',
  },
  silentlyThrottled: { status: 429, aws: { code: 'Throttling', status: 400 }, graph: 'TooManyRequests' },
  secondary: {
    status: 403,
    headers: { 'retry-after': '1' },
    aws: { code: 'RequestLimitExceeded', status: 503 },
    graph: 'TooManyRequests',
  },
  // Microsoft and GitHub have no such three.
  byOrganization: {
    status: 403,
    aws: { code: 'AccessDenied' },
    graph: 'Authorization_RequestDenied',
    message:
      'User is not authorized to perform this action with an explicit deny in a service control policy',
  },
  notThere: { status: 404, aws: { code: 'NoSuchEntity' }, graph: 'Request_ResourceNotFound' },
  ended: { status: 403, aws: { code: 'ExpiredToken' }, graph: 'InvalidAuthenticationToken' },
  broken: { status: 500, aws: { code: 'InternalFailure' }, graph: 'InternalServerError' },
  unavailable: { status: 503, aws: { code: 'ServiceUnavailable' }, graph: 'ServiceUnavailable' },
} as const satisfies Record<string, Refusal>;

/** Those of AWS that answer in XML, all in one way but S3. */
const xmlServices = /^(?:iam|ec2|rds|elasticloadbalancing|sns|cloudfront)\//;

/** The refusal as the vendor writes it: AWS speaks XML in some services and JSON in others. */
function refuse(
  collector: string,
  { status, headers = {}, aws, graph, message = 'no' }: Refusal,
  more: Partial<FaultRule> = {},
): FaultRule[] {
  const match = { ...reads[collector], ...more.match };
  const answer = (type: string, body: string, code = status) => ({
    kind: 'answer' as const,
    status: code,
    headers: { ...headers, 'content-type': type },
    body,
  });
  if (collector !== 'aws') {
    const said =
      collector === 'github' ? { message, status: String(status) } : { error: { code: graph, message } };
    return [{ ...more, match, fault: answer('application/json', JSON.stringify(said)) }];
  }
  const code = 'status' in aws ? aws.status : status;
  const xml = `<ErrorResponse><Error><Type>Sender</Type><Code>${aws.code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
  const s3 = `<Error><Code>${aws.code}</Code><Message>${message}</Message></Error>`;
  const json = JSON.stringify({ __type: aws.code, message });
  return [
    { ...more, match: { ...match, operation: xmlServices }, fault: answer('text/xml', xml, code) },
    // S3 names nothing but the error itself.
    { ...more, match: { ...match, operation: /^s3\// }, fault: answer('application/xml', s3, code) },
    {
      ...more,
      match: { ...match, operation: /^(?!(?:sts|iam|ec2|rds|elasticloadbalancing|sns|cloudfront|s3)\/)/ },
      fault: answer('application/x-amz-json-1.1', json, code),
    },
  ];
}

/** Names of all fields that a dataset reads of its items. */
export function fieldsRead({ lists }: Dataset): string[] {
  const names = new Set<string>();
  const visit = (node: unknown) => {
    if (typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) {
      node.forEach(visit);
      return;
    }
    for (const [key, value] of Object.entries(node)) {
      if (key === 'properties') for (const name of Object.keys(value as object)) names.add(name);
      visit(value);
    }
  };
  for (const { item } of lists) visit(z.toJSONSchema(item, { io: 'input', unrepresentable: 'any' }));
  return [...names].sort();
}

/** What only AWS says. */
function ofAws(dataset: Dataset): NamedFault[] {
  const fault = (name: string, rules: readonly FaultRule[], grant = false): NamedFault => ({
    name,
    expected: 'cannot tell',
    grant,
    paging: false,
    rules,
  });
  const unmade =
    '<GenerateCredentialReportResponse><GenerateCredentialReportResult><State>INPROGRESS</State></GenerateCredentialReportResult></GenerateCredentialReportResponse>';
  return [
    fault('an explicit deny by a policy of the organisation', refuse('aws', refusals.byOrganization), true),
    fault('NoSuchEntity', refuse('aws', refusals.notThere)),
    fault('a token that ends after the first answer', refuse('aws', refusals.ended, { from: 2 })),
    ...(dataset.permissions.includes('iam:GenerateCredentialReport')
      ? [
          fault('a report that is in progress for ever', [
            {
              match: { operation: /^iam\/GenerateCredentialReport$/ },
              fault: { kind: 'answer', status: 200, headers: { 'content-type': 'text/xml' }, body: unmade },
            },
          ]),
        ]
      : []),
  ];
}

/** Every fault that a dataset can meet. A dataset that is listed is walked; nothing else need be said of it. */
export function faultsOf(collector: string, dataset: Dataset): NamedFault[] {
  const match = reads[collector] ?? {};
  const fault = (
    name: string,
    expected: Expected,
    rules: readonly FaultRule[],
    { grant = false, paging = false } = {},
  ): NamedFault => ({ name, expected, grant, paging, rules });
  const by = (kind: FaultRule['fault'], more: Partial<FaultRule> = {}): FaultRule => ({
    match,
    lenient: true,
    ...more,
    fault: kind,
  });
  const further = { ...match, ...(collector === 'aws' ? { body: /hostile/ } : { path: /hostile/ }) };
  const said = (text: string) => by({ kind: 'replace', find: /^[\s\S]*$/, by: text });
  return [
    fault('401: the credentials are refused', 'cannot tell', refuse(collector, refusals.refused)),
    fault('403: it is forbidden', 'cannot tell', refuse(collector, refusals.forbidden), { grant: true }),
    fault('404: it is hidden', 'cannot tell', refuse(collector, refusals.hidden)),
    fault('422: owners only', 'cannot tell', refuse(collector, refusals.owners)),
    // Of AWS it is a region that is not switched on, and a service that the account does not have.
    fault(
      collector === 'aws' ? 'OptInRequired' : '403: no P1 licence',
      'cannot tell',
      refuse(collector, refusals.noP1),
    ),
    fault(
      collector === 'aws' ? 'SubscriptionRequiredException' : '400: no P2 licence',
      'cannot tell',
      refuse(collector, refusals.noP2),
    ),
    ...(collector === 'aws' ? ofAws(dataset) : []),
    fault('429 once, then well', 'same', refuse(collector, refusals.throttled, { times: 1 })),
    fault(
      '429 once without a word, then well',
      'same',
      refuse(collector, refusals.silentlyThrottled, { times: 1 }),
    ),
    // Microsoft has no such thing.
    ...(collector === 'microsoft365'
      ? []
      : [
          fault(
            'a secondary limit once, then well',
            'same',
            refuse(collector, refusals.secondary, { times: 1 }),
          ),
        ]),
    fault('429 for ever', 'cannot tell', refuse(collector, refusals.throttled)),
    fault('500 for ever', 'cannot tell', refuse(collector, refusals.broken)),
    fault('503 once, then well', 'same', refuse(collector, refusals.unavailable, { times: 1 })),
    fault('no answer', 'cannot tell', [by({ kind: 'drop', when: 'before-headers' })]),
    fault('a connection that breaks in the body', 'cannot tell', [by({ kind: 'cut', where: 'connection' })]),
    fault('a body cut off inside gzip', 'cannot tell', [by({ kind: 'cut', where: 'gzip' })]),
    fault('a body whose text ends early', 'cannot tell', [by({ kind: 'cut', where: 'text' })]),
    fault('a page for people', 'cannot tell', [by({ kind: 'not-json' })]),
    fault(
      'a later page that fails',
      'cannot tell',
      [by({ kind: 'more' }), ...refuse(collector, refusals.broken, { match: further })],
      { paging: true },
    ),
    fault(
      'a later page that is refused',
      'cannot tell',
      [by({ kind: 'more' }), ...refuse(collector, refusals.forbidden, { match: further })],
      { paging: true },
    ),
    fault(
      'a next page on another host',
      'cannot tell',
      [by({ kind: 'more' }), by({ kind: 'foreign-next', origin: 'http://127.0.0.2:9' })],
      { paging: true },
    ),
    fault('a next page that is the same again', 'cannot tell', [by({ kind: 'repeat-next' })], {
      paging: true,
    }),
    fault('an empty list', 'as read', [by({ kind: 'empty-list' })]),
    fault('an empty object', 'as read', [said('{}')]),
    fault('an empty array', 'as read', [said('[]')]),
    fault('null', 'as read', [said('null')]),
    ...fieldsRead(dataset).map((field) =>
      fault(`without ${field}`, 'as read', [by({ kind: 'without', field })]),
    ),
  ];
}
