/** The services that the synthetic AWS answers for. The first two speak AWS Query (XML), the others AWS JSON 1.1. */
export type Service = 'iam' | 'sts' | 'organizations' | 'cloudtrail';

export interface Fault {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** What an operation says: a result, or an error in the service's own words. */
export type Answer = { readonly result: Tree } | { readonly fault: Fault };

/** A result before it is written down. Lists become `member` elements in XML, a `Map` entries of key and value. */
export type Tree =
  | string
  | number
  | boolean
  | readonly Tree[]
  | ReadonlyMap<string, Tree>
  | { readonly [name: string]: Tree | undefined };

export interface Protocol {
  readonly contentType: string;
  readonly result: (operation: string, result: Tree, requestId: string) => string;
  readonly fault: (fault: Fault, requestId: string) => string;
  /** Codes that every service of this protocol has, with their status. */
  readonly common: Readonly<Record<Common, readonly [code: string, status: number]>>;
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

/** How each service is spoken to: the version of a query, the first half of `X-Amz-Target`. */
export const dialects: Readonly<Record<Service, { readonly protocol: Protocol; readonly name: string }>> = {
  iam: { protocol: queryProtocol('https://iam.amazonaws.com/doc/2010-05-08/'), name: '2010-05-08' },
  sts: { protocol: queryProtocol('https://sts.amazonaws.com/doc/2011-06-15/'), name: '2011-06-15' },
  organizations: {
    // https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html#API_ListAccounts_Errors
    protocol: jsonProtocol({ ...json, throttled: ['TooManyRequestsException', 400] }),
    name: 'AWSOrganizationsV20161128',
  },
  cloudtrail: { protocol: jsonProtocol(json), name: 'CloudTrail_20131101' },
};

function queryProtocol(namespace: string): Protocol {
  return {
    contentType: 'text/xml',
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

function jsonProtocol(common: Protocol['common']): Protocol {
  return {
    contentType: 'application/x-amz-json-1.1',
    common,
    result: (_operation, result) => JSON.stringify(result),
    fault: ({ code, message }) => JSON.stringify({ __type: code, Message: message }),
  };
}

function xml(tree: Tree): string {
  if (typeof tree === 'string') return escape(tree);
  if (typeof tree !== 'object') return String(tree);
  if (Array.isArray(tree))
    return (tree as readonly Tree[]).map((each) => `<member>${xml(each)}</member>`).join('');
  if (tree instanceof Map)
    return [...(tree as ReadonlyMap<string, Tree>)]
      .map(([key, value]) => `<entry><key>${escape(key)}</key><value>${xml(value)}</value></entry>`)
      .join('');
  return Object.entries(tree)
    .map(([name, value]) => (value === undefined ? '' : `<${name}>${xml(value as Tree)}</${name}>`))
    .join('');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
