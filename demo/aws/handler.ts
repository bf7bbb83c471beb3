import { actionOf } from './actions.ts';
import { iamOperations } from './iam.ts';
import { accountOf, type AwsModel } from './model.ts';
import type { Call, JsonCall } from './operation.ts';
import { operations } from './operations.ts';
import { Principals, scopeOf, type Principal, type Scope, type Signed } from './principals.ts';
import { routed } from './routes.ts';
import { Throttle, type Rate } from './throttle.ts';
import { dialects, serviceSigned, type Answer, type Common, type Protocol, type Service } from './wire.ts';

export interface AwsOptions {
  readonly now: () => Date;
  /** The most items of a page, below what the services give by themselves. */
  readonly pageSize?: number;
  /** How often a credential report is said to be in progress before it is complete. */
  readonly reportPolls?: number;
  /** Rates by service or `service/Operation`: without them nothing is throttled. */
  readonly throttle?: Readonly<Record<string, Rate>>;
}

/** What was asked for, as far as it can be told before anyone knows whether the signature is good. */
export interface AwsQuestion {
  readonly service: Service;
  readonly operation: string;
}

/** One request and what came of it: `account` is null where the caller could not be told. */
export interface AwsCall extends AwsQuestion {
  readonly account: string | null;
  readonly region: string | null;
  readonly status: number;
  readonly code: string | null;
}

export interface AwsReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly call: AwsCall;
}

/** The service and operation of a request, from its target, its body or its address; `null` where it is none of AWS's. */
export function questionOf({ method, path, headers, body }: Signed): AwsQuestion | null {
  const services = Object.keys(dialects) as Service[];
  const target = headers['x-amz-target'];
  if (typeof target === 'string') {
    const [name, operation = ''] = target.split('.');
    const service = services.find((each) => dialects[each].name === name);
    return service === undefined ? null : { service, operation };
  }
  const form = new URLSearchParams(Buffer.from(body).toString());
  const service = services.find((each) => dialects[each].name === form.get('Version'));
  if (service !== undefined) return { service, operation: form.get('Action') ?? '' };
  // Of a service that is asked by address, only the signature says which it is.
  const signed = scopeOf(headers.authorization ?? '')?.service;
  const asked = services.find((each) => each === signed && dialects[each].protocol.asked === 'address');
  return asked === undefined
    ? null
    : { service: asked, operation: routed(asked, method, path)?.operation ?? '' };
}

/** What is asked for, wherever the protocol puts it; `null` where that cannot be read. */
function inputOf({ service }: AwsQuestion, { method, path, body }: Signed): JsonCall['input'] | null {
  const text = Buffer.from(body).toString();
  const { asked } = dialects[service].protocol;
  if (asked === 'form') return Object.fromEntries(new URLSearchParams(text));
  const said = text === '' ? {} : jsonOf(text);
  return said && asked === 'address' ? { ...said, ...routed(service, method, path)?.input } : said;
}

/** Answers one request as AWS would. All that lasts between requests (sessions, reports, buckets) lives in it. */
export function awsHandler(
  model: AwsModel,
  { now, pageSize = 1000, reportPolls = 1, throttle = {} }: AwsOptions,
): (request: Signed, requestId: string) => AwsReply | null {
  const principals = new Principals(model);
  const buckets = new Throttle(throttle);
  const iam = iamOperations(reportPolls);

  const answer = (question: AwsQuestion, request: Signed, scope: Scope, principal: Principal): Answer => {
    const { service, operation } = question;
    const account = accountOf(model, principal.account);
    if (!account) return common(question, 'denied', `${principal.arn} belongs to no account`);
    const call: Call<null> = {
      model,
      account,
      principal,
      region: scope.region,
      operation,
      input: null,
      now: now(),
      pageSize,
    };
    const body = Buffer.from(request.body).toString();
    const action = `${service}:${operation}`;
    // A token bucket of one account and service knows neither roles nor whether the answer would be a refusal.
    if (buckets.refuses({ account: account.id, region: scope.region, service, operation }, call.now))
      return common(question, 'throttled', 'Rate exceeded');
    const there = account.regions.find(({ name }) => name === scope.region);
    if (there?.optIn === 'not-opted-in')
      return common(question, 'unknownKey', `${scope.region} is not switched on`);
    // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html needs no permission.
    if (principal.refuses().includes(action) && service !== 'sts')
      return common(
        question,
        'denied',
        `User: ${principal.arn} is not authorized to perform: ${action} with an explicit deny in an identity-based policy`,
      );
    const needed = actionOf(question);
    if (operation !== 'GetCallerIdentity' && principal.allows()?.includes(needed) === false)
      return common(
        question,
        'denied',
        `User: ${principal.arn} is not authorized to perform: ${needed} because no identity-based policy allows the ${needed} action`,
      );
    if (service === 'sts') {
      if (operation === 'AssumeRole')
        return principals.assume(principal, new URLSearchParams(body), call.now);
      if (operation === 'GetCallerIdentity')
        return { result: { UserId: principal.userId, Account: principal.account, Arn: principal.arn } };
    } else if (service === 'iam') {
      const run = own(iam, operation);
      if (run) return run({ ...call, input: new URLSearchParams(body) });
    } else {
      const run = own(operations[service], operation);
      const input = inputOf(question, request);
      if (run && !input) return { fault: { status: 400, code: 'SerializationException', message: '' } };
      if (run && input) return run({ ...call, input });
    }
    return common(question, 'unknownAction', `Could not find operation ${operation}`);
  };

  return (request, requestId) => {
    const question = questionOf(request);
    if (!question) return null;
    const header = request.headers.authorization;
    const scope = header === undefined ? null : scopeOf(header);
    const principal = scope ? principals.identify(scope, request, now()) : null;

    const said =
      header === undefined
        ? common(question, 'unsigned', 'Request is missing Authentication Token')
        : !scope || serviceSigned(scope.service) !== question.service
          ? common(question, 'malformed', 'Authorization header is not of this service')
          : principal === null || typeof principal === 'string'
            ? common(
                question,
                principal ?? 'malformed',
                'The security token included in the request is not valid',
              )
            : answer(question, request, scope, principal);

    const { protocol }: { protocol: Protocol } = dialects[question.service];
    const problem = 'fault' in said ? said.fault : null;
    const status = problem?.status ?? 200;
    return {
      status,
      headers: {
        'content-type': protocol.contentType,
        'x-amzn-requestid': requestId,
        ...(problem && protocol.codeInHeader ? { 'x-amzn-errortype': problem.code } : {}),
      },
      body:
        'fault' in said
          ? protocol.fault(said.fault, requestId)
          : protocol.result(question.operation, said.result, requestId),
      call: {
        ...question,
        account: principal !== null && typeof principal !== 'string' ? principal.account : null,
        region: scope?.region ?? null,
        status,
        code: problem?.code ?? null,
      },
    };
  };
}

function common({ service }: AwsQuestion, which: Common, message: string): Answer {
  const [code, status] = dialects[service].protocol.common[which];
  return { fault: { status, code, message } };
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function jsonOf(body: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
