import type { Call, Transport } from './transport.ts';

/**
 * A `fetch` for SDKs that take one. Every request goes through the transport under the facts of one call; a network
 * failure rejects with `NetworkFailure`, an undeclared request with `UndeclaredRequest`.
 */
export function asFetch(transport: Transport, call: Call): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
    const headers = Object.fromEntries(request.headers);
    const {
      status,
      headers: answered,
      bytes,
    } = await transport.send({ method: request.method, url: new URL(request.url), headers, body }, call);
    const empty = status === 204 || status === 304 || bytes.length === 0;
    // The content coding is undone already; its headers would mislead the SDK.
    const kept = Object.entries(answered).filter(
      ([name]) => name !== 'content-encoding' && name !== 'content-length',
    );
    return new Response(empty ? null : Uint8Array.from(bytes), { status, headers: Object.fromEntries(kept) });
  };
}
