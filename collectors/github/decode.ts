import type { Exchange } from '../../evidence-model/snapshot.ts';
import type { Decoded } from '../collector.ts';

/** Reads a kept body again. A refusal has no code in GitHub's REST API, only a status. */
export function decode({ status }: Pick<Exchange, 'status'>, bytes: Uint8Array): Decoded {
  // What is told not to have changed is kept as it came when it was last asked for. Any other success is one of
  // something else: a part, a copy, work that is still to be done.
  if (status !== 200 && status !== 304) return { ok: false, code: null };
  try {
    return {
      ok: true,
      value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown,
    };
  } catch {
    return { ok: false, code: null };
  }
}
