import { startHttp, type HttpOptions, type HttpServer } from '../http.ts';
import { awsHandler, questionOf, type AwsCall, type AwsOptions } from './handler.ts';
import type { AwsModel } from './model.ts';
import { seeded } from './random.ts';

export interface AwsServer extends HttpServer {
  /** Every request that reached AWS, in the order of the answers. What a fault answered instead did not reach it. */
  readonly calls: readonly AwsCall[];
}

/**
 * All accounts, regions and services of the model behind one address, as an SDK's `endpoint` needs it. Who asks, of
 * which account and region, stands in the signature; faults and the log call operations `iam/GetAccountSummary`.
 */
export async function startAws(
  model: AwsModel,
  options: AwsOptions & Pick<HttpOptions, 'faults'>,
): Promise<AwsServer> {
  const handle = awsHandler(model, options);
  const chance = seeded(JSON.stringify(model.accounts.map(({ id }) => id)));
  const calls: AwsCall[] = [];
  const server = await startHttp(
    (request) => {
      const reply = handle(request, request.id);
      // What no service of AWS is asked in such a way is for none.
      if (!reply) return { status: 404, headers: {}, body: '' };
      calls.push(reply.call);
      return reply;
    },
    {
      now: options.now,
      ...(options.faults ? { faults: options.faults } : {}),
      operationOf: (headers, body, asked) => {
        const question = questionOf({ ...asked, headers, body });
        return question && `${question.service}/${question.operation}`;
      },
      requestIdOf: (n) => chance.uuid(`request/${n}`),
    },
  );
  return { ...server, calls };
}
