import type { Exchange } from '../../evidence-model/snapshot.ts';
import type { Problem } from '../collector.ts';
import { UndeclaredRequest } from '../transport/transport.ts';
import type { Client } from './clients.ts';
import { problemOf } from './errors.ts';
import { plain, plainOutput } from './plain.ts';
import type { Service } from './scope.ts';

/** One operation, and what of it may be written down. */
export interface Question {
  readonly service: Service;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Fields of the input that are nobody's business. */
  readonly unsaid: readonly string[];
  /** The answer holds credentials: its body is never kept. */
  readonly credentials: boolean;
  readonly secrets: readonly string[];
  /** Where it is asked, for people. */
  readonly where: string;
}

export type Answered =
  | {
      readonly ok: true;
      readonly value: Readonly<Record<string, unknown>>;
      readonly exchanges: readonly Exchange[];
    }
  | { readonly ok: false; readonly problem: Problem; readonly exchanges: readonly Exchange[] };

/**
 * Asks one question through the SDK, with its retries. Every attempt is in `exchanges`; the last is the one that
 * counts. Throws only for what this program does wrong, such as asking for what is not declared.
 */
export async function ask({ sdk, client }: Client, question: Question): Promise<Answered> {
  const { service, operation, input, unsaid, credentials, secrets, where } = question;
  const name = `${service}:${operation}`;
  const command = sdk.command(operation, input);
  if (!command) throw new UndeclaredRequest(`${name}: there is no such operation`);
  const said = Object.entries(input).filter(([field]) => !unsaid.includes(field));
  const exchanges: Exchange[] = [];
  const call = {
    operation: name,
    input: plain(Object.fromEntries(said)) as Readonly<Record<string, unknown>>,
    credentials,
    secrets,
    cost: 1,
    exchanges,
  };
  let output: unknown;
  try {
    output = await client.send(command, { call });
  } catch (error) {
    if (error instanceof UndeclaredRequest) throw error;
    const problem = problemOf(error, `${name} ${where}`);
    if (!problem) throw error;
    return { ok: false, problem, exchanges };
  }
  try {
    return { ok: true, value: plainOutput(output), exchanges };
  } catch {
    const status = exchanges.at(-1)?.status ?? 0;
    const text = `${name} ${where}: the answer (HTTP ${status}) could not be read`;
    return {
      ok: false,
      problem: { outcome: 'failed', reason: 'not-understood', status, code: null, text },
      exchanges,
    };
  }
}
