import { createHmac } from 'node:crypto';
import { codeOf, failed, type Depositary } from './deposit.ts';
import { onlyTo, type Wire } from './wire.ts';

const timeoutMs = 30_000;
const maxBytes = 64 * 1024;

export interface WebhookOptions {
  readonly url: URL;
  /** Known to whoever is told, too; signs what is sent, so that nobody else can send it. */
  readonly secret: () => Promise<string>;
  readonly wire: Wire;
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

/**
 * Anybody's own service, told by POST. The signature has the form of https://www.standardwebhooks.com: HMAC-SHA-256 over
 * id, time and body, so that libraries of others can check it.
 */
export function webhookDepositary(id: string, options: WebhookOptions): Depositary {
  const { url, secret, now, signal } = options;
  const wire = onlyTo([url.host], options.wire);
  return {
    id,
    kind: 'webhook',
    hosts: [url.host],
    look: () => Promise.resolve({ ok: true, text: `${url.host}: it is told at the next close of a slot` }),
    async keep({ origin, size, note, digest, stamps }) {
      const body = JSON.stringify({
        type: 'exhibit.checkpoint',
        origin,
        size,
        note: Buffer.from(note).toString(),
        stamps: stamps.map(({ authority, answer }) => ({
          authority,
          answer: Buffer.from(answer).toString('base64'),
        })),
      });
      const time = String(Math.floor(now().getTime() / 1000));
      const key = keyOf(await secret());
      const signature = createHmac('sha256', key).update(`${digest}.${time}.${body}`).digest('base64');
      const headers = {
        'content-type': 'application/json',
        'webhook-id': digest,
        'webhook-timestamp': time,
        'webhook-signature': `v1,${signature}`,
      };
      try {
        const request = { method: 'POST', url, headers, body: Buffer.from(body) };
        const { status } = await wire.send(request, { timeoutMs, maxBytes, signal });
        if (status >= 200 && status < 300) return { kept: true, lockedUntil: null };
        return status === 409
          ? failed('differs', `${url.host} says that it was told otherwise before: there are two histories`)
          : failed('refused', `${url.host} answered with ${status}`);
      } catch (error) {
        return failed('unreachable', `${url.host} did not answer (${codeOf(error)})`);
      }
    },
  };
}

/** Secrets of that form say how they are encoded; any other is taken as it is. */
function keyOf(secret: string): Buffer {
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
}
