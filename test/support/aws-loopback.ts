import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { aws } from '../../collectors/aws/index.ts';
import type { Request } from '../../collectors/aws/scope.ts';
import type { Io, Page, Session } from '../../collectors/collector.ts';
import type { Dataset } from '../../collectors/dataset.ts';
import { openNetwork } from '../../collectors/transport/network.ts';
import type { Digest } from '../../evidence-model/digest.ts';

export const own = '111111111111';
export const member = '222222222222';
export const start = Date.parse('2026-01-10T01:00:00Z');

/** What the stand-in was asked, by whom, and with what. */
export interface Asked {
  readonly operation: string;
  /** The account whose credentials signed. */
  readonly account: string;
  readonly body: string;
  readonly region: string;
  /** How often this operation was asked in this account before. */
  readonly before: number;
}
type Reply = { readonly status?: number; readonly body: string; readonly date?: string } | undefined;

/** AWS on loopback: answers what `reply` says, and by itself only who is asking and the roles of accounts. */
export async function standIn(reply: (asked: Asked) => Reply) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const body = Buffer.concat(chunks).toString();
      const target = request.headers['x-amz-target'];
      const operation =
        typeof target === 'string' ? target.split('.')[1]! : new URLSearchParams(body).get('Action')!;
      const signer = /Credential=ASIA(\d{12})\//.exec(request.headers.authorization ?? '')?.[1] ?? own;
      const region = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
      const before = asked.filter((each) => each.operation === operation && each.account === signer).length;
      const one = { operation, account: signer, body, region, before };
      asked.push(one);
      const { status = 200, body: text, date } = reply(one) ?? byItself(one);
      if (date !== undefined) response.setHeader('date', date);
      response.writeHead(status, {
        'content-type': typeof target === 'string' ? 'application/x-amz-json-1.1' : 'text/xml',
      });
      response.end(text);
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => server.close().closeAllConnections());
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

function byItself({ operation, body }: Asked): NonNullable<Reply> {
  if (operation === 'GetCallerIdentity')
    return { body: xml(operation, `<Account>${own}</Account><UserId>AIDAEXAMPLE</UserId>`) };
  if (operation !== 'AssumeRole') return refusal('AccessDenied', 403);
  const account = /::(\d{12}):/.exec(new URLSearchParams(body).get('RoleArn')!)![1]!;
  return { body: xml(operation, roleCredentials(account, new Date(start + 3_600_000).toISOString())) };
}

export const roleCredentials = (account: string, expiration: string) =>
  `<Credentials><AccessKeyId>ASIA${account}</AccessKeyId><SecretAccessKey>role-secret-${account}</SecretAccessKey>` +
  `<SessionToken>role-token-${account}</SessionToken><Expiration>${expiration}</Expiration></Credentials>`;
export const xml = (operation: string, result: string) =>
  `<${operation}Response><${operation}Result>${result}</${operation}Result></${operation}Response>`;
export const refusal = (code: string, status: number) => ({
  status,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
});
/** A session with a clock that moves only when somebody sleeps. */
export async function open(
  endpoint: string,
  datasets: readonly Dataset[] = aws.datasets,
  settings: object = {},
) {
  const kept = new Map<string, Buffer>();
  const slept: number[] = [];
  const stop = new AbortController();
  const network = openNetwork({ environment: {}, authorities: [] });
  let now = start;
  const io: Io = {
    network,
    now: () => new Date(now),
    random: () => 0.5,
    sleep(milliseconds, signal) {
      signal.throwIfAborted();
      slept.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
    keep(bytes) {
      const name = createHash('sha256').update(bytes).digest('hex') as Digest;
      kept.set(name, Buffer.from(bytes));
      return Promise.resolve(name);
    },
    environment: {},
    signal: stop.signal,
  };
  const config = aws.config.parse({
    endpoint,
    externalId: 'external-id-of-example',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'own-secret' },
    ...settings,
  });
  const session = (await aws.connect(config as never, datasets, io)) as Session<Request>;
  onTestFinished(() => {
    session.close();
    network.close();
  });
  const read = async (request: Request): Promise<Page[]> =>
    Array.fromAsync(session.pages(request, { secrets: [], permissions: [] }));
  return {
    session,
    read,
    kept,
    slept,
    stop,
    scope: aws.scope(config as never),
    pass: (ms: number) => (now += ms),
  };
}

export const summary: Request = { service: 'iam', operation: 'GetAccountSummary', input: {}, account: own };
export const summaryBody = xml(
  'GetAccountSummary',
  '<SummaryMap><entry><key>Users</key><value>2</value></entry></SummaryMap>',
);

/** Why a page has no answer; `null` where it has one. */
export const problemIn = (page: Page | undefined) => (page && !page.answer.ok ? page.answer.problem : null);
