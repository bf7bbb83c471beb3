import type { Exchange } from '../../evidence-model/snapshot.ts';
import type { Decoded } from '../collector.ts';
import { codeOf } from './errors.ts';
import { plainOutput } from './plain.ts';
import { isService, loadSdk } from './sdk.ts';

/** Any name will do: nothing is sent, and these open nothing. */
const nobody = { accessKeyId: 'nobody', secretAccessKey: 'nobody' };

/**
 * Reads a kept body with the SDK's own deserialiser, as the session read it: the SDK is asked the same, and its answer
 * are the kept bytes. There is no network in it.
 */
export async function decode(
  { status, operation, contentType }: Pick<Exchange, 'status' | 'operation' | 'input' | 'contentType'>,
  bytes: Uint8Array,
): Promise<Decoded> {
  const [service = '', name = ''] = operation?.split(':') ?? [];
  if (!isService(service)) return { ok: false, code: null };
  const sdk = await loadSdk(service);
  const command = sdk.command(name, {});
  if (!command) return { ok: false, code: null };
  const client = sdk.client({
    region: 'us-east-1',
    endpoint: 'https://kept.invalid',
    credentials: nobody,
    maxAttempts: 1,
    requestHandler: {
      destroy: () => undefined,
      handle: () =>
        Promise.resolve({
          response: {
            statusCode: status,
            headers: contentType === null ? {} : { 'content-type': contentType },
            body: Uint8Array.from(bytes),
          },
        }),
    },
  });
  try {
    return { ok: true, value: plainOutput(await client.send(command, {})) };
  } catch (error) {
    return { ok: false, code: codeOf(error) };
  } finally {
    client.destroy();
  }
}
