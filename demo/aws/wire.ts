import { xmlOfMembers, xmlOfRepeats } from './xml.ts';

/** The services that the synthetic AWS answers for, by the prefix of their actions. */
export type Service = keyof typeof dialects;

export interface Fault {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** What an operation says: a result, or an error in the service's own words. */
export type Answer = { readonly result: Tree } | { readonly fault: Fault };

/** A result before it is written down. How lists and maps are, is the protocol's. */
export type Tree =
  | string
  | number
  | boolean
  | readonly Tree[]
  | ReadonlyMap<string, Tree>
  | { readonly [name: string]: Tree | undefined };

export interface Protocol {
  readonly contentType: string;
  /** How the question comes: as a form, as JSON with its name in a header, or as an address. */
  readonly asked: 'form' | 'target' | 'address';
  readonly result: (operation: string, result: Tree, requestId: string) => string;
  readonly fault: (fault: Fault, requestId: string) => string;
  /** Codes that every service of this protocol has, with their status. */
  readonly common: Readonly<Record<Common, readonly [code: string, status: number]>>;
  /** The code stands in a header, and not in the body. */
  readonly codeInHeader?: true;
}

export type Common =
  | 'denied'
  | 'unsigned'
  | 'malformed'
  | 'unknownKey'
  | 'badSignature'
  | 'expired'
  | 'unknownAction'
  | 'throttled';

// https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
const query: Protocol['common'] = {
  denied: ['AccessDenied', 403],
  unsigned: ['MissingAuthenticationToken', 403],
  malformed: ['IncompleteSignature', 400],
  unknownKey: ['InvalidClientTokenId', 403],
  badSignature: ['SignatureDoesNotMatch', 403],
  expired: ['ExpiredToken', 403],
  unknownAction: ['InvalidAction', 400],
  throttled: ['Throttling', 400],
};

// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
const ec2: Protocol['common'] = {
  ...query,
  denied: ['UnauthorizedOperation', 403],
  unknownKey: ['AuthFailure', 401],
  throttled: ['RequestLimitExceeded', 503],
};

// https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/CommonErrors.html
const json: Protocol['common'] = {
  denied: ['AccessDeniedException', 400],
  unsigned: ['MissingAuthenticationTokenException', 400],
  malformed: ['IncompleteSignatureException', 400],
  unknownKey: ['UnrecognizedClientException', 400],
  badSignature: ['InvalidSignatureException', 400],
  expired: ['ExpiredTokenException', 400],
  unknownAction: ['UnknownOperationException', 400],
  throttled: ['ThrottlingException', 400],
};

// https://docs.aws.amazon.com/lambda/latest/api/CommonErrors.html
const rest: Protocol['common'] = {
  ...json,
  denied: ['AccessDeniedException', 403],
  unknownKey: ['UnrecognizedClientException', 403],
  throttled: ['TooManyRequestsException', 429],
};

// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
const s3: Protocol['common'] = {
  ...query,
  unknownKey: ['InvalidAccessKeyId', 403],
  throttled: ['SlowDown', 503],
};

/** How each service is spoken to: the version of a query, the first half of `X-Amz-Target`, the name in the signature. */
export const dialects = {
  iam: { protocol: queryProtocol('https://iam.amazonaws.com/doc/2010-05-08/'), name: '2010-05-08' },
  sts: { protocol: queryProtocol('https://sts.amazonaws.com/doc/2011-06-15/'), name: '2011-06-15' },
  elasticloadbalancing: {
    protocol: queryProtocol('http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/'),
    name: '2015-12-01',
  },
  rds: {
    protocol: queryProtocol('http://rds.amazonaws.com/doc/2014-10-31/', xmlOfRepeats),
    name: '2014-10-31',
  },
  ec2: { protocol: ec2Protocol('http://ec2.amazonaws.com/doc/2016-11-15/'), name: '2016-11-15' },
  sns: { protocol: queryProtocol('http://sns.amazonaws.com/doc/2010-03-31/'), name: '2010-03-31' },
  organizations: {
    // https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html#API_ListAccounts_Errors
    protocol: jsonProtocol({ ...json, throttled: ['TooManyRequestsException', 400] }),
    name: 'AWSOrganizationsV20161128',
  },
  cloudtrail: { protocol: jsonProtocol(json), name: 'CloudTrail_20131101' },
  cloudwatch: { protocol: jsonProtocol(json), name: 'GraniteServiceVersion20100801' },
  dynamodb: { protocol: jsonProtocol(json), name: 'DynamoDB_20120810' },
  logs: { protocol: jsonProtocol(json), name: 'Logs_20140328' },
  secretsmanager: { protocol: jsonProtocol(json), name: 'secretsmanager' },
  wafv2: { protocol: jsonProtocol(json), name: 'AWSWAF_20190729' },
  sso: { protocol: jsonProtocol(json), name: 'SWBExternalService' },
  identitystore: { protocol: jsonProtocol(json), name: 'AWSIdentityStore' },
  config: { protocol: jsonProtocol(json), name: 'StarlingDoveService' },
  kms: { protocol: jsonProtocol(json), name: 'TrentService' },
  ssm: { protocol: jsonProtocol(json), name: 'AmazonSSM' },
  acm: { protocol: jsonProtocol(json), name: 'CertificateManager' },
  ecr: { protocol: jsonProtocol(json), name: 'AmazonEC2ContainerRegistry_V20150921' },
  'access-analyzer': { protocol: restJsonProtocol(), name: 'access-analyzer' },
  account: { protocol: restJsonProtocol(), name: 'account' },
  backup: { protocol: restJsonProtocol(), name: 'backup' },
  elasticfilesystem: { protocol: restJsonProtocol(), name: 'elasticfilesystem' },
  eks: { protocol: restJsonProtocol(), name: 'eks' },
  guardduty: { protocol: restJsonProtocol(), name: 'guardduty' },
  inspector2: { protocol: restJsonProtocol(), name: 'inspector2' },
  lambda: { protocol: restJsonProtocol(), name: 'lambda' },
  securityhub: { protocol: restJsonProtocol(), name: 'securityhub' },
  s3: { protocol: s3Protocol(), name: 's3' },
  cloudfront: { protocol: cloudfrontProtocol(), name: 'cloudfront' },
} satisfies Readonly<Record<string, { readonly protocol: Protocol; readonly name: string }>>;

/** What signatures call a service, where that is not the prefix of its actions. */
const signedOtherwise: Readonly<Record<string, Service>> = { monitoring: 'cloudwatch' };

/** Which service a signature is for. */
export function serviceSigned(name: string): string {
  return signedOtherwise[name] ?? name;
}

function queryProtocol(namespace: string, xml: (tree: Tree) => string = xmlOfMembers): Protocol {
  return {
    contentType: 'text/xml',
    asked: 'form',
    common: query,
    result: (operation, result, requestId) =>
      `<${operation}Response xmlns="${namespace}"><${operation}Result>${xml(result)}</${operation}Result>` +
      `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
    fault: ({ status, code, message }, requestId) =>
      `<ErrorResponse xmlns="${namespace}"><Error>` +
      xml({ Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message }) +
      `</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  };
}

function ec2Protocol(namespace: string): Protocol {
  return {
    contentType: 'text/xml;charset=UTF-8',
    asked: 'form',
    common: ec2,
    result: (operation, result, requestId) =>
      `<${operation}Response xmlns="${namespace}"><requestId>${requestId}</requestId>${xmlOfRepeats(result)}</${operation}Response>`,
    fault: ({ code, message }, requestId) =>
      xmlOfRepeats({
        Response: { Errors: { Error: { Code: code, Message: message } }, RequestID: requestId },
      }),
  };
}

function jsonProtocol(common: Protocol['common']): Protocol {
  return {
    contentType: 'application/x-amz-json-1.1',
    asked: 'target',
    common,
    result: (_operation, result) => JSON.stringify(result),
    fault: ({ code, message }) => JSON.stringify({ __type: code, Message: message }),
  };
}

function restJsonProtocol(): Protocol {
  return {
    contentType: 'application/json',
    asked: 'address',
    common: rest,
    codeInHeader: true,
    result: (_operation, result) => JSON.stringify(result),
    fault: ({ message }) => JSON.stringify({ message }),
  };
}

/** Its answers are named after what they hold, so that the name stands in the result. */
function s3Protocol(): Protocol {
  return {
    contentType: 'application/xml',
    asked: 'address',
    common: s3,
    result: (_operation, result) => `<?xml version="1.0" encoding="UTF-8"?>\n${xmlOfRepeats(result)}`,
    fault: ({ code, message }, requestId) =>
      `<?xml version="1.0" encoding="UTF-8"?>\n${xmlOfRepeats({ Error: { Code: code, Message: message, RequestId: requestId } })}`,
  };
}

/** As S3 in what it answers, and as AWS Query in what it refuses. */
function cloudfrontProtocol(): Protocol {
  const { fault } = queryProtocol('http://cloudfront.amazonaws.com/doc/2020-05-31/');
  return { ...s3Protocol(), contentType: 'text/xml', common: query, fault };
}
