import type { Digest } from '../../evidence-model/digest.ts';
import type { Authority } from '../time-stamp/authority.ts';
import { stampRequest } from '../time-stamp/request.ts';
import { judgeStamp } from '../time-stamp/token.ts';
import { onlyTo, type Wire } from './wire.ts';

/** How long an authority may take. Nothing is read before the opening of a slot was stamped, so it is not long. */
const timeoutMs = 10_000;
const attempts = 2;
/** No answer of an authority is larger: it is a signature with its certificates. */
const maxBytes = 64 * 1024;

export interface Outside {
  readonly wire: Wire;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly signal: AbortSignal;
}

/** What came of asking an authority: its answer as it came, or why there is none. */
export type Asked = { readonly answer: Uint8Array; readonly at: Date } | { readonly failed: string };

/**
 * Asks an authority to stamp a digest, as https://www.rfc-editor.org/rfc/rfc3161#section-3.4 has it over HTTP. What it
 * answers is checked here as whoever verifies would check it later, so that no answer is kept that is worth nothing.
 */
export async function askForStamp(imprint: Digest, authority: Authority, outside: Outside): Promise<Asked> {
  let failed = '';
  for (let attempt = 0; attempt < attempts && !outside.signal.aborted; attempt += 1) {
    const asked = await ask(imprint, authority, outside);
    if ('answer' in asked) return asked;
    failed = asked.failed;
  }
  return { failed: failed === '' ? 'it was not asked any more' : failed };
}

async function ask(
  imprint: Digest,
  { url, anchors, policy }: Authority,
  { wire, randomBytes, signal }: Outside,
): Promise<Asked> {
  const nonce = Buffer.concat([Uint8Array.of(1), randomBytes(15)]);
  const headers = { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' };
  const request = { method: 'POST', url, headers, body: stampRequest(imprint, nonce, policy) };
  let status: number;
  let answer: Uint8Array;
  try {
    ({ status, bytes: answer } = await onlyTo([url.host], wire).send(request, {
      timeoutMs,
      maxBytes,
      signal,
    }));
  } catch (error) {
    return { failed: `no answer came (${error instanceof Error ? error.message : 'unknown'})` };
  }
  if (status !== 200) return { failed: `it answered with ${status}` };
  const judged = judgeStamp(answer, { imprint, anchors, policy, nonce });
  if ('refused' in judged) return { failed: `its time stamp ${judged.refused}` };
  return { answer, at: judged.stamp.at };
}
