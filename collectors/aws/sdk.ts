import type { SdkHandler } from '../transport/as-handler.ts';
import type { Call } from '../transport/transport.ts';
import type { Service } from './scope.ts';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly expiration?: Date | undefined;
}

type Handler = (args: unknown) => Promise<unknown>;

/** What this collector uses of an AWS SDK client. All of them have it, whatever the service. */
export interface SdkClient {
  send(command: object, options: { readonly call?: Call }): Promise<unknown>;
  destroy(): void;
  readonly middlewareStack: {
    add(
      middleware: (next: Handler, context: { readonly commandName?: string }) => Handler,
      options: { readonly step: 'initialize'; readonly name: string; readonly priority: 'high' },
    ): void;
  };
  readonly config: {
    endpointProvider(parameters: {
      readonly Region: string;
      readonly UseFIPS: boolean;
      readonly UseDualStack: boolean;
    }): { readonly url: URL };
  };
}

/** The settings that this collector gives to a client. */
interface SdkSettings {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials: AwsCredentials | (() => Promise<AwsCredentials>);
  readonly requestHandler: SdkHandler;
  readonly maxAttempts: number;
  readonly retryStrategy?: object;
}

export interface Sdk {
  client(settings: SdkSettings): SdkClient;
  /** Where AWS's own rules send the service's requests in this region. */
  origin(region: string): string;
  /** `null` where the service has no such operation. */
  command(operation: string, input: Readonly<Record<string, unknown>>): object | null;
}

const load: Readonly<Record<Service, { readonly name: string; readonly module: () => Promise<object> }>> = {
  iam: { name: 'IAMClient', module: () => import('@aws-sdk/client-iam') },
  organizations: { name: 'OrganizationsClient', module: () => import('@aws-sdk/client-organizations') },
  sts: { name: 'STSClient', module: () => import('@aws-sdk/client-sts') },
  cloudtrail: { name: 'CloudTrailClient', module: () => import('@aws-sdk/client-cloudtrail') },
};

export function isService(name: string): name is Service {
  return Object.hasOwn(load, name);
}

/** Loads the SDK's client of one service; operations are found by their names, as datasets declare them. */
export async function loadSdk(service: Service): Promise<Sdk> {
  const { name, module } = load[service];
  const found = (await module()) as Readonly<Record<string, unknown>>;
  const Client = found[name] as new (settings: object) => SdkClient;
  // Said here and not left to the environment: what may be asked does not depend on variables of a shell.
  const fixed = { defaultsMode: 'standard', useFipsEndpoint: false, useDualstackEndpoint: false };
  return {
    client: (settings) => new Client({ ...fixed, ...settings }),
    origin(region) {
      const { config } = new Client({ ...fixed, region });
      return config.endpointProvider({ Region: region, UseFIPS: false, UseDualStack: false }).url.origin;
    },
    command(operation, input) {
      const Command = found[`${operation}Command`];
      return typeof Command === 'function' ? new (Command as new (input: object) => object)(input) : null;
    },
  };
}
