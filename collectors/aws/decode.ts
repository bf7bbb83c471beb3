import type { Exchange } from '../../evidence-model/snapshot.ts';
import type { Decoded } from '../collector.ts';
import { errorTypeHeader } from '../transport/transport.ts';
import { codeOf } from './errors.ts';
import { plainOutput } from './plain.ts';
import { isService, loadSdk, type Sdk, type SdkClient } from './sdk.ts';
import type { Service } from './scope.ts';

/** Any name will do: nothing is sent, and these open nothing. */
const nobody = { accessKeyId: 'nobody', secretAccessKey: 'nobody' };

/**
 * Reads a kept body with the SDK's own deserialiser, as the session read it: the SDK is asked the same, and its answer
 * are the kept bytes. There is no network in it.
 */
export async function decode(
  {
    status,
    operation,
    input,
    contentType,
    errorType,
  }: Pick<Exchange, 'status' | 'operation' | 'input' | 'contentType' | 'errorType'>,
  bytes: Uint8Array,
): Promise<Decoded> {
  const [service = '', name = ''] = operation?.split(':') ?? [];
  if (!isService(service)) return { ok: false, code: null };
  const sdk = await loadSdk(service);
  const command = sdk.command(name, asGiven(input ?? {}));
  if (!command) return { ok: false, code: null };
  const response = {
    statusCode: status,
    headers: {
      ...(contentType !== null && { 'content-type': contentType }),
      ...(errorType && { [errorTypeHeader]: errorType }),
    },
    body: Uint8Array.from(bytes),
  };
  try {
    return { ok: true, value: plainOutput(await readerOf(service, sdk).send(command, { response })) };
  } catch (error) {
    return { ok: false, code: codeOf(error) };
  }
}

/** One for each service: making one takes longer than reading an answer. It opens nothing that would have to be closed. */
const readers = new Map<Service, SdkClient>();

function readerOf(service: Service, sdk: Sdk): SdkClient {
  const reader =
    readers.get(service) ??
    sdk.client({
      region: 'us-east-1',
      endpoint: 'https://kept.invalid',
      credentials: nobody,
      maxAttempts: 1,
      requestHandler: {
        destroy: () => undefined,
        handle: (_request, { response } = {}) =>
          response ? Promise.resolve({ response }) : Promise.reject(new Error('there is nothing to read')),
      },
    });
  readers.set(service, reader);
  return reader;
}

/** The input as the SDK was given it: times, which were written down as text, are times again. */
function asGiven(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const revived = Object.entries(input).map(([name, value]) => [
    name,
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:]+\.\d{3}Z$/.test(value) ? new Date(value) : value,
  ]);
  return Object.fromEntries(revived) as Readonly<Record<string, unknown>>;
}
