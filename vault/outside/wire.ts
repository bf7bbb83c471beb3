/**
 * The way out, as an argument: whoever opened the network hands it in, with its proxies and certificate authorities.
 * Nothing else of the vault reaches out of the house.
 */
export interface Wire {
  /** Rejects where no whole answer came. */
  send(
    request: {
      readonly method: string;
      readonly url: URL;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array | null;
    },
    limits: { readonly timeoutMs: number; readonly maxBytes: number; readonly signal: AbortSignal },
  ): Promise<{
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly bytes: Uint8Array;
  }>;
}

/** A wire that leads to these hosts and no others: what was not declared is not reached, whatever an answer says. */
export function onlyTo(hosts: readonly string[], wire: Wire): Wire {
  return {
    send(request, limits) {
      if (!hosts.includes(request.url.host)) throw new Error(`${request.url.host} was not declared`);
      return wire.send(request, limits);
    },
  };
}
