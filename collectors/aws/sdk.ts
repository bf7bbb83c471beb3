import type { SdkHandler, SdkResponse } from '../transport/as-handler.ts';
import type { Call } from '../transport/transport.ts';
import { isOwnAnswer } from './own-answer.ts';
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
  /** The options are passed on to the request handler. */
  send(
    command: object,
    options: { readonly call?: Call; readonly response?: SdkResponse['response'] },
  ): Promise<unknown>;
  destroy(): void;
  readonly middlewareStack: {
    add(
      middleware: (next: Handler, context: { readonly commandName?: string }) => Handler,
      options: {
        readonly step: 'initialize' | 'deserialize';
        readonly name: string;
        readonly priority: 'high' | 'low';
      },
    ): void;
  };
  readonly config: {
    endpointProvider(parameters: {
      readonly Region: string;
      readonly UseFIPS: boolean;
      readonly UseDualStack: boolean;
      readonly AccountId?: string;
      readonly RequiresAccountId?: boolean;
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
  readonly endpointProvider?: () => { readonly url: URL };
}

export interface Sdk {
  client(settings: SdkSettings): SdkClient;
  /** Where AWS's own rules send the service's requests in this region, about this account. */
  origin(region: string, account: string | null): string;
  /** `null` where the service has no such operation. */
  command(operation: string, input: Readonly<Record<string, unknown>>): object | null;
}

const load: Readonly<Record<Service, { readonly name: string; readonly module: () => Promise<object> }>> = {
  'access-analyzer': {
    name: 'AccessAnalyzerClient',
    module: () => import('@aws-sdk/client-accessanalyzer'),
  },
  account: { name: 'AccountClient', module: () => import('@aws-sdk/client-account') },
  acm: { name: 'ACMClient', module: () => import('@aws-sdk/client-acm') },
  backup: { name: 'BackupClient', module: () => import('@aws-sdk/client-backup') },
  cloudfront: { name: 'CloudFrontClient', module: () => import('@aws-sdk/client-cloudfront') },
  cloudtrail: { name: 'CloudTrailClient', module: () => import('@aws-sdk/client-cloudtrail') },
  cloudwatch: { name: 'CloudWatchClient', module: () => import('@aws-sdk/client-cloudwatch') },
  config: { name: 'ConfigServiceClient', module: () => import('@aws-sdk/client-config-service') },
  dynamodb: { name: 'DynamoDBClient', module: () => import('@aws-sdk/client-dynamodb') },
  ec2: { name: 'EC2Client', module: () => import('@aws-sdk/client-ec2') },
  ecr: { name: 'ECRClient', module: () => import('@aws-sdk/client-ecr') },
  eks: { name: 'EKSClient', module: () => import('@aws-sdk/client-eks') },
  elasticfilesystem: { name: 'EFSClient', module: () => import('@aws-sdk/client-efs') },
  elasticloadbalancing: {
    name: 'ElasticLoadBalancingV2Client',
    module: () => import('@aws-sdk/client-elastic-load-balancing-v2'),
  },
  guardduty: { name: 'GuardDutyClient', module: () => import('@aws-sdk/client-guardduty') },
  iam: { name: 'IAMClient', module: () => import('@aws-sdk/client-iam') },
  identitystore: { name: 'IdentitystoreClient', module: () => import('@aws-sdk/client-identitystore') },
  inspector2: { name: 'Inspector2Client', module: () => import('@aws-sdk/client-inspector2') },
  kms: { name: 'KMSClient', module: () => import('@aws-sdk/client-kms') },
  lambda: { name: 'LambdaClient', module: () => import('@aws-sdk/client-lambda') },
  logs: { name: 'CloudWatchLogsClient', module: () => import('@aws-sdk/client-cloudwatch-logs') },
  organizations: { name: 'OrganizationsClient', module: () => import('@aws-sdk/client-organizations') },
  rds: { name: 'RDSClient', module: () => import('@aws-sdk/client-rds') },
  s3: { name: 'S3Client', module: () => import('@aws-sdk/client-s3') },
  's3-control': { name: 'S3ControlClient', module: () => import('@aws-sdk/client-s3-control') },
  secretsmanager: {
    name: 'SecretsManagerClient',
    module: () => import('@aws-sdk/client-secrets-manager'),
  },
  securityhub: { name: 'SecurityHubClient', module: () => import('@aws-sdk/client-securityhub') },
  sns: { name: 'SNSClient', module: () => import('@aws-sdk/client-sns') },
  ssm: { name: 'SSMClient', module: () => import('@aws-sdk/client-ssm') },
  sso: { name: 'SSOAdminClient', module: () => import('@aws-sdk/client-sso-admin') },
  sts: { name: 'STSClient', module: () => import('@aws-sdk/client-sts') },
  wafv2: { name: 'WAFV2Client', module: () => import('@aws-sdk/client-wafv2') },
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
  // Buckets are named in the path, and accounts in no host of tables, so that each region is one host that can be told
  // beforehand. https://docs.aws.amazon.com/sdkref/latest/guide/feature-account-endpoints.html
  const fixed = {
    defaultsMode: 'standard',
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    forcePathStyle: true,
    accountIdEndpointMode: 'disabled',
  };
  return {
    client(settings) {
      const client = new Client({ ...fixed, ...settings });
      client.middlewareStack.add(
        (next, { commandName = '' }) =>
          async (args) => {
            const came = await next(args);
            const { statusCode, body } = (came as SdkResponse).response;
            if (statusCode < 300 && !isOwnAnswer(service, commandName.replace(/Command$/, ''), body))
              throw Object.assign(new Error('it is not the answer of the service'), {
                $metadata: { httpStatusCode: statusCode },
              });
            return came;
          },
        { step: 'deserialize', name: 'ownAnswersOnly', priority: 'low' },
      );
      return client;
    },
    origin(region, account) {
      const { config } = new Client({ ...fixed, region });
      // S3 puts the account that is asked about into the host.
      const about =
        service === 's3-control' && account !== null ? { AccountId: account, RequiresAccountId: true } : {};
      const where = { Region: region, UseFIPS: false, UseDualStack: false, ...about };
      return config.endpointProvider(where).url.origin;
    },
    command(operation, input) {
      const Command = found[`${operation}Command`];
      return typeof Command === 'function' ? new (Command as new (input: object) => object)(input) : null;
    },
  };
}
