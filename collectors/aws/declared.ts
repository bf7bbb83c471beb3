import type { Dataset } from '../dataset.ts';
import type { Outgoing } from '../transport/network.ts';
import type { Call } from '../transport/transport.ts';

/** Every IAM action that only reads begins like this; the report is made by AWS for reading, and changes nothing. */
const reads = /^(?:Get|List|Describe|Lookup)[A-Z]|^GenerateCredentialReport$/;

/** What a session needs to be somewhere at all. */
export const assumeRole = 'sts:AssumeRole';
const callerIdentity = 'sts:GetCallerIdentity';

/**
 * The operations that may be asked: those for which a dataset says that it needs the permission, for which AWS has the
 * same name, and of these the reading ones. Nothing else ever goes out.
 */
export function declaredOperations(datasets: readonly Dataset[]): ReadonlySet<string> {
  const named = datasets.flatMap(({ permissions }) => permissions);
  return new Set([
    ...named.filter((permission) => reads.test(permission.split(':')[1] ?? '')),
    assumeRole,
    callerIdentity,
  ]);
}

/** Why this request is not the declared one that the SDK was asked for; `null` where it is. The last word before the wire. */
export function refusalOf(
  { method, url, headers, body }: Outgoing,
  { operation }: Call,
  declared: ReadonlySet<string>,
): string | null {
  if (operation === null || !declared.has(operation)) return `${operation ?? 'nothing'} is not declared`;
  if (method !== 'POST' || url.pathname !== '/' || url.search !== '')
    return 'AWS Query and JSON are posted to /';
  const [, name] = operation.split(':');
  const target = Object.entries(headers).find(([header]) => header.toLowerCase() === 'x-amz-target')?.[1];
  const asked =
    target === undefined
      ? new URLSearchParams(new TextDecoder().decode(body ?? new Uint8Array())).getAll('Action')
      : [target.split('.').at(-1)];
  return asked.length === 1 && asked[0] === name ? null : `it asks for ${asked.join()}, not for ${operation}`;
}
