import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { routePath } from 'hono/route';
import type { Logger } from 'pino';
import { z } from 'zod';
import { profiles } from '../../exports/profiles.ts';
import { Instant } from '../instant.ts';
import type { PacketJob, PacketJobs } from './packet-jobs.ts';
import { problem } from './problem.ts';
import type { TokenCheck } from './token.ts';

/** No request to this service is larger. */
const bodyBytes = 64 * 1024;

export interface AppOptions {
  readonly jobs: PacketJobs;
  readonly check: TokenCheck;
  /** Whether slots can be read and packets built; why not, otherwise. */
  readonly ready: () => string | null;
  readonly log: Logger;
}

/** The HTTP interface. Everything but health needs the bearer token, also what does not exist. */
export function createApp({ jobs, check, ready, log }: AppOptions): Hono {
  const app = new Hono();
  const Asked = z.strictObject({
    profile: z.enum(profiles),
    asOf: Instant.optional(),
  });

  app.use(async (context, next) => {
    const started = performance.now();
    await next();
    context.header('cache-control', 'no-store');
    context.header('x-content-type-options', 'nosniff');
    const { method } = context.req;
    // Never headers, bodies or addresses as they were asked: whoever is mistaken puts the token there.
    const route = routePath(context, -1);
    log.info(
      { method, route, status: context.res.status, ms: Math.round(performance.now() - started) },
      'request',
    );
  });
  app.get('/healthz', (context) => context.json({ status: 'ok' }));
  app.get('/readyz', (context) => {
    const why = ready();
    return why === null ? context.json({ status: 'ready' }) : context.json({ status: 'not ready', why }, 503);
  });

  app.use(async (context, next) => {
    const [, token] = /^Bearer ([A-Za-z0-9_-]+)$/i.exec(context.req.header('authorization') ?? '') ?? [];
    if (token === undefined || !check(token)) {
      context.header('www-authenticate', 'Bearer realm="exhibit"');
      return problem(context, 401, 'Send the token that the first start printed as Authorization: Bearer.');
    }
    return next();
  });
  app.use(
    bodyLimit({
      maxSize: bodyBytes,
      onError: (context) => problem(context, 413, `No request is larger than ${bodyBytes} bytes.`),
    }),
  );

  app.get('/api/v1/packets', (context) => context.json({ packets: jobs.list() }));
  app.post('/api/v1/packets', async (context) => {
    const asked = Asked.safeParse(await context.req.json().catch(() => undefined));
    if (!asked.success) {
      const [issue] = asked.error.issues;
      const where = issue?.path.join('.') ?? '';
      return problem(
        context,
        400,
        `${where === '' ? 'The body' : where}: ${issue?.message ?? 'not understood'}`,
      );
    }
    const { profile, asOf = null } = asked.data;
    const job = await jobs.request({ profile, asOf });
    context.header('location', `/api/v1/packets/${job.id}`);
    return context.json(job, 202);
  });
  app.get('/api/v1/packets/:id', (context) => {
    const job = found(context.req.param('id'));
    return job ? context.json(job) : problem(context, 404, 'No packet has this id.');
  });
  app.get('/api/v1/packets/:id/download', async (context) => {
    const job = found(context.req.param('id'));
    if (!job) return problem(context, 404, 'No packet has this id.');
    if (!job.file) return problem(context, 409, `This packet is ${job.state}.`);
    const path = jobs.pathOf(job.file);
    const size = await stat(path).then(
      (facts) => facts.size,
      () => null,
    );
    if (size !== job.file.bytes)
      return problem(context, 410, 'The file is no longer what was built: ask for the packet again.');
    const file = createReadStream(path);
    // A reader that goes away must not leave the file open.
    context.req.raw.signal.addEventListener('abort', () => file.destroy());
    return context.body(Readable.toWeb(file) as ReadableStream, 200, {
      'content-type': 'application/zip',
      'content-length': String(job.file.bytes),
      'content-disposition': `attachment; filename="${job.file.name}"`,
      'content-digest': `sha-256=:${Buffer.from(job.file.sha256, 'hex').toString('base64')}:`,
    });
  });

  app.notFound((context) => problem(context, 404, 'There is nothing at this address.'));
  app.onError((error, context) => {
    log.error({ error: error.name }, 'a request failed');
    return problem(context, 500, 'The log says more.');
  });
  return app;

  function found(id: string): PacketJob | null {
    return z.uuid().safeParse(id).success ? jobs.find(id) : null;
  }
}
