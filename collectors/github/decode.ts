import type { Exchange } from '../../evidence-model/snapshot.ts';
import type { Decoded } from '../collector.ts';

/** Reads a kept body again. A refusal has no code in GitHub's REST API, only a status. */
export function decode({ status }: Pick<Exchange, 'status'>, bytes: Uint8Array): Decoded {
  if (status < 200 || status >= 300) return { ok: false, code: null };
  try {
    return {
      ok: true,
      value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown,
    };
  } catch {
    return { ok: false, code: null };
  }
}
