import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { accountOf, iamArn, type AwsModel } from './model.ts';
import { seeded } from './random.ts';
import type { Answer, Common } from './wire.ts';

/** Who asks, as the signature proves it. */
export interface Principal {
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
  /** Read anew at each request, so that a permission may be taken away while a session lasts. */
  readonly refuses: () => readonly string[];
  /** `undefined` where every action is allowed that is not refused. */
  readonly allows: () => readonly string[] | undefined;
}

interface Credentials {
  readonly secret: string;
  readonly token: string | null;
  readonly expiresAt: number | null;
  readonly principal: Principal;
}

export interface Signed {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

/** What the Authorization header says, before it is known to be true. */
export interface Scope {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

const authorization =
  /^AWS4-HMAC-SHA256 Credential=([A-Z0-9]+)\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;

/** The parts of a Signature Version 4; `null` where the header has another form. */
export function scopeOf(header: string): Scope | null {
  const [, accessKeyId, date, region, service, signedHeaders, signature] = authorization.exec(header) ?? [];
  if (accessKeyId === undefined || date === undefined || region === undefined) return null;
  if (service === undefined || signedHeaders === undefined || signature === undefined) return null;
  return { accessKeyId, date, region, service, signedHeaders: signedHeaders.split(';'), signature };
}

/** Long-lived keys of the model and the sessions that roles were assumed in. */
export class Principals {
  readonly #model: AwsModel;
  readonly #sessions = new Map<string, Credentials>();

  constructor(model: AwsModel) {
    this.#model = model;
  }

  /** Who signed this request, or what is wrong with the signature. */
  identify(scope: Scope, request: Signed, now: Date): Principal | Common {
    const known = this.#sessions.get(scope.accessKeyId) ?? this.#longLived(scope.accessKeyId);
    if (!known || known.token !== (request.headers['x-amz-security-token'] ?? null)) return 'unknownKey';
    if (signatureOf(scope, request, known.secret) !== scope.signature) return 'badSignature';
    if (known.expiresAt !== null && known.expiresAt <= now.getTime()) return 'expired';
    return known.principal;
  }

  /** Opens a session in the role, as AssumeRole does. Whether that is allowed, is asked here and nowhere else. */
  assume(caller: Principal, parameters: URLSearchParams, now: Date): Answer {
    const roleArn = parameters.get('RoleArn') ?? '';
    const session = parameters.get('RoleSessionName') ?? '';
    // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html#API_AssumeRole_RequestParameters
    const seconds = Number(parameters.get('DurationSeconds') ?? 3600);
    if (!/^[\w+=,.@-]{2,64}$/.test(session))
      return invalid("Value at 'roleSessionName' failed to satisfy constraint");
    if (!(seconds >= 900 && seconds <= 43_200))
      return invalid("Value at 'durationSeconds' failed to satisfy constraint");
    const [, id = '', name = ''] = /^arn:[a-z-]+:iam::(\d{12}):role\/(.+)$/.exec(roleArn) ?? [];
    const account = accountOf(this.#model, id);
    const role = account?.readRole ?? null;
    const allowed =
      account?.status === 'ACTIVE' &&
      role?.name === name &&
      role.trusts === caller.account &&
      (role.externalId === null || role.externalId === parameters.get('ExternalId'));
    // AWS does not tell a wrong external id from a role that does not exist.
    if (!allowed || caller.refuses().includes('sts:AssumeRole')) {
      const message = `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
      return { fault: { status: 403, code: 'AccessDenied', message } };
    }
    const expiresAt = Math.floor(now.getTime() / 1000) * 1000 + seconds * 1000;
    const chance = seeded(JSON.stringify([roleArn, session, expiresAt, this.#sessions.size]));
    const accessKeyId = chance.id('ASIA', 'key', 20);
    const secret = chance.hex('secret', 40);
    const token = chance.hex('token', 128);
    const arn = `arn:${this.#model.partition}:sts::${id}:assumed-role/${name}/${session}`;
    const roleId = account.roles.find((each) => each.name === name)?.id ?? 'AROAUNLISTED';
    const principal = {
      account: id,
      arn,
      userId: `${roleId}:${session}`,
      refuses: () => role.refuses,
      allows: () => role.allows,
    };
    this.#sessions.set(accessKeyId, { secret, token, expiresAt, principal });
    return {
      result: {
        AssumedRoleUser: { AssumedRoleId: principal.userId, Arn: arn },
        Credentials: {
          AccessKeyId: accessKeyId,
          SecretAccessKey: secret,
          SessionToken: token,
          Expiration: new Date(expiresAt).toISOString().replace('.000Z', 'Z'),
        },
      },
    };
  }

  #longLived(accessKeyId: string): Credentials | undefined {
    const caller = this.#model.callers.find((each) => each.accessKeyId === accessKeyId);
    if (!caller) return undefined;
    const user = accountOf(this.#model, caller.account)?.users.find(({ name }) => name === caller.userName);
    const principal = {
      account: caller.account,
      arn: iamArn(this.#model, caller.account, `user${user?.path ?? '/'}${caller.userName}`),
      userId: user?.id ?? 'AIDAUNLISTED',
      refuses: () => caller.refuses,
      allows: () => caller.allows,
    };
    const expiresAt = caller.endsAt === undefined ? null : Date.parse(caller.endsAt);
    return { secret: caller.secretAccessKey, token: null, expiresAt, principal };
  }
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
function signatureOf(scope: Scope, { method, path, headers, body }: Signed, secret: string): string {
  const [pathname = '/', search = ''] = path.split('?');
  const canonical = [
    method,
    // Every service but S3 encodes the path a second time.
    scope.service === 's3' ? pathname : pathname.split('/').map(encodeURIComponent).join('/'),
    search === '' ? '' : search.split('&').sort().join('&'),
    ...scope.signedHeaders.map(
      (name) =>
        `${name}:${String(headers[name] ?? '')
          .trim()
          .replaceAll(/ +/g, ' ')}`,
    ),
    '',
    scope.signedHeaders.join(';'),
    createHash('sha256').update(body).digest('hex'),
  ].join('\n');
  const credential = `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
  const toSign = [
    'AWS4-HMAC-SHA256',
    String(headers['x-amz-date'] ?? ''),
    credential,
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const key = credential.split('/').reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return hmac(key, toSign).toString('hex');
}

function invalid(what: string): Answer {
  return { fault: { status: 400, code: 'ValidationError', message: `1 validation error detected: ${what}` } };
}
