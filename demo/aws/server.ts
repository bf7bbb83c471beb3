import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { awsHandler, type AwsLogLine, type AwsOptions } from './handler.ts';
import type { AwsModel } from './model.ts';

export interface AwsServer {
  readonly url: string;
  readonly log: readonly AwsLogLine[];
  close(): Promise<void>;
}

export async function startAws(model: AwsModel, options: AwsOptions): Promise<AwsServer> {
  const handle = awsHandler(model, options);
  const log: AwsLogLine[] = [];
  let n = 0;
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      n += 1;
      const reply = handle(
        {
          method: request.method ?? '',
          path: request.url ?? '',
          headers: request.headers,
          body: Buffer.concat(chunks),
        },
        `request-${n}`,
      );
      if (!reply) {
        response.writeHead(404).end();
        return;
      }
      log.push(reply.log);
      response.writeHead(reply.status, { ...reply.headers }).end(reply.body);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    log,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
