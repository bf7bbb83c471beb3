import type { Io } from '../collector.ts';
import { asHandler } from '../transport/as-handler.ts';
import { Budget } from '../transport/budget.ts';
import { Transport, UndeclaredRequest } from '../transport/transport.ts';
import { refusalOf } from './declared.ts';
import { maxAttempts, retryStrategy } from './retry.ts';
import { loadSdk, type AwsCredentials, type Sdk, type SdkClient } from './sdk.ts';
import { Region, type Service } from './scope.ts';

/** One service of one account in one region, as someone. */
export interface Place {
  readonly service: Service;
  readonly region: string;
  /** Whose credentials sign: an account whose role was assumed, or `null` for the configured ones. */
  readonly as: string | null;
}

export interface Client {
  readonly sdk: Sdk;
  readonly client: SdkClient;
}

/**
 * How fast one account is asked. AWS publishes no limits for IAM; these are our own restraint.
 * LookupEvents: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
const pace = { perSecond: 20, burst: 20, width: 4 };
const lookupPace = { perSecond: 2, burst: 2, width: 1 };

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
    const key = JSON.stringify([place.as, place.service, place.region]);
    const open = this.#open.get(key) ?? this.#create(place);
    this.#open.set(key, open);
    return open;
  }

  close(): void {
    for (const open of this.#open.values())
      open.then(
        ({ client }) => client.destroy(),
        () => undefined, // whoever asked for it has been told
      );
    this.#open.clear();
  }

  async #create({ service, region, as }: Place): Promise<Client> {
    const { io, declared, endpoint, credentialsOf } = this.#options;
    // A region may come from an answer; it becomes part of a host.
    if (!Region.safeParse(region).success)
      throw new UndeclaredRequest(`${service}: the source names a region that is none`);
    const sdk = await loadSdk(service);
    const transport = new Transport({
      io,
      origins: [endpoint ?? sdk.origin(region)],
      refuse: (request, call) => refusalOf(request, call, declared),
      budget: (_request, { operation }) => this.#budget(as, service, region, operation),
      retry: () => null, // the SDK repeats: it signs anew and knows the vendor's codes
      timeoutMs,
      maxBytes,
    });
    const client = sdk.client({
      region,
      ...(endpoint === undefined ? {} : { endpoint }),
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
    const lookup = operation === 'cloudtrail:LookupEvents';
    const key = JSON.stringify([as, service, region, lookup]);
    const budget = this.#budgets.get(key) ?? new Budget(lookup ? lookupPace : pace, this.#options.io);
    this.#budgets.set(key, budget);
    return budget;
  }
}
