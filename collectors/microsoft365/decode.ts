import { z } from 'zod';
import type { Exchange } from '../../evidence-model/snapshot.ts';
import { codeFrom } from '../problems.ts';
import type { Decoded } from '../collector.ts';
import { dnsMessage, readDnsMessage } from './dns-message.ts';

/** https://learn.microsoft.com/graph/errors */
const Refused = z.object({ error: z.object({ code: z.string().min(1) }) });

/** Reads a kept body again. A refusal tells its code in the body. */
export function decode(
  { status, operation, contentType }: Pick<Exchange, 'status' | 'operation' | 'contentType'>,
  bytes: Uint8Array,
): Decoded {
  // What was asked decides how the answer is read, and not what the answer says of itself.
  if (operation === 'MX' || operation === 'TXT') {
    const type = contentType?.split(';')[0]?.trim().toLowerCase();
    return status === 200 && type === dnsMessage ? readDnsMessage(bytes) : { ok: false, code: null };
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { ok: false, code: null };
  }
  const refused = Refused.safeParse(value);
  if (status === 200 && !refused.success) return { ok: true, value };
  return { ok: false, code: codeFrom(refused.data?.error.code) };
}
