import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { AddressInfo } from 'node:net';
import { OperatorError } from '../../evidence-model/operator-error.ts';

export interface Listening {
  readonly url: string;
  /** Takes no new connections, lets answers end, and cuts off what is left after this time. */
  close(graceMs: number): Promise<void>;
}

/** Serves an application at `host:port`. */
export async function listen(app: Hono, address: string): Promise<Listening> {
  const { host, port } = parseAddress(address);
  const listener = getRequestListener(app.fetch);
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new OperatorError(
          `${address} cannot be listened at (${error.code ?? 'unknown'}): name another address with --listen`,
        ),
      ),
    );
    server.listen(port, host, resolve);
  });
  const { address: at, port: bound, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${at}]` : at}:${bound}`,
    close: (graceMs) => closeServer(server, graceMs),
  };
}

/** Reads `host:port`, `:port`, or `[host]:port`. Throws `OperatorError` for anything else. */
function parseAddress(address: string): { readonly host: string; readonly port: number } {
  const [, six, four, port = ''] = /^(?:\[([0-9a-fA-F:]+)\]|([^:[\]]*)):(\d{1,5})$/.exec(address) ?? [];
  if (port === '' || Number(port) > 65_535)
    throw new OperatorError(`--listen ${address} is not an address: write host:port, such as 127.0.0.1:8080`);
  return { host: six ?? (four === undefined || four === '' ? '127.0.0.1' : four), port: Number(port) };
}

async function closeServer(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(timer);
}
