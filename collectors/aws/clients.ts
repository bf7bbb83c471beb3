import type { Io } from '../collector.ts';
import { asHandler } from '../transport/as-handler.ts';
import { Budget } from '../transport/budget.ts';
import { Transport, UndeclaredRequest } from '../transport/transport.ts';
import { refusalOf } from './declared.ts';
import { paceOf } from './pace.ts';
import { maxAttempts, retryStrategy } from './retry.ts';
import { loadSdk, type AwsCredentials, type Sdk, type SdkClient } from './sdk.ts';
import { Region, type Service } from './scope.ts';

/** One service of one account in one region, as someone. */
export interface Place {
  readonly service: Service;
  readonly region: string;
  /** Whose credentials sign: an account whose role was assumed, or `null` for the configured ones. */
  readonly as: string | null;
  /** The account that is asked about; `null` for that of the configured credentials, where it need not be known. */
  readonly account: string | null;
}

export interface Client {
  readonly sdk: Sdk;
  readonly client: SdkClient;
}

/**
 * How many clients are kept: the datasets come one after another, each with its service, so that more are never in use
 * at once than accounts are read at once, times their regions.
 */
const mostOpen = 64;

const timeoutMs = 60_000;
const maxBytes = 64 * 1024 * 1024;

/** SDK clients, one for each service, account and region. Each can reach the one host that AWS's rules give for it. */
export class Clients {
  readonly #options: {
    readonly io: Io;
    readonly declared: ReadonlySet<string>;
    readonly endpoint: string | undefined;
    readonly credentialsOf: (as: string | null) => Promise<AwsCredentials>;
  };
  readonly #open = new Map<string, Promise<Client>>();
  readonly #budgets = new Map<string, Budget>();

  constructor(options: {
    readonly io: Io;
    readonly declared: ReadonlySet<string>;
    readonly endpoint: string | undefined;
    readonly credentialsOf: (as: string | null) => Promise<AwsCredentials>;
  }) {
    this.#options = options;
  }

  at(place: Place): Promise<Client> {
    const key = JSON.stringify([place.as, place.service, place.region, place.account]);
    const open = this.#open.get(key) ?? this.#create(place);
    // What was used last stands last; what stands first goes first.
    this.#open.delete(key);
    this.#open.set(key, open);
    for (const [oldest] of this.#open) {
      if (this.#open.size <= mostOpen) break;
      this.#end(oldest);
    }
    return open;
  }

  close(): void {
    for (const key of [...this.#open.keys()]) this.#end(key);
  }

  /** The requests that are under way come to their end: the sockets are not the client's. */
  #end(key: string): void {
    this.#open.get(key)?.then(
      ({ client }) => client.destroy(),
      () => undefined, // whoever asked for it has been told
    );
    this.#open.delete(key);
  }

  async #create({ service, region, as, account }: Place): Promise<Client> {
    const { io, declared, endpoint, credentialsOf } = this.#options;
    // A region may come from an answer; it becomes part of a host.
    if (!Region.safeParse(region).success)
      throw new UndeclaredRequest(`${service}: the source names a region that is none`);
    const sdk = await loadSdk(service);
    const transport = new Transport({
      io,
      origins: [endpoint ?? sdk.origin(region, account)],
      refuse: (request, call) => refusalOf(request, call, declared),
      budget: (_request, { operation }) => this.#budget(as, service, region, operation),
      retry: () => null, // the SDK repeats: it signs anew and knows the vendor's codes
      timeoutMs,
      maxBytes,
    });
    const client = sdk.client({
      region,
      ...(endpoint === undefined ? {} : { endpoint }),
      // Its rules would put the account before whatever host is configured.
      ...(endpoint !== undefined && service === 's3-control'
        ? { endpointProvider: () => ({ url: new URL(endpoint) }) }
        : {}),
      credentials: () => credentialsOf(as),
      requestHandler: asHandler(transport),
      maxAttempts,
      retryStrategy: retryStrategy(io),
    });
    client.middlewareStack.add(
      (next, { commandName = '' }) =>
        (args) => {
          const operation = `${service}:${commandName.replace(/Command$/, '')}`;
          if (!declared.has(operation)) throw new UndeclaredRequest(`${operation}: no dataset declares it`);
          return next(args);
        },
      { step: 'initialize', name: 'declaredOnly', priority: 'high' },
    );
    return { sdk, client };
  }

  #budget(as: string | null, service: Service, region: string, operation: string | null): Budget {
    const { of, pace } = paceOf(service, operation);
    const key = JSON.stringify([as, region, of]);
    const budget = this.#budgets.get(key) ?? new Budget(pace, this.#options.io);
    this.#budgets.set(key, budget);
    return budget;
  }
}
