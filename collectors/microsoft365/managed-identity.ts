import { z } from 'zod';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { isLinkLocal, isLoopback } from '../transport/loopback.ts';
import type { Config } from './scope.ts';

/** Where a virtual machine asks: https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token */
const metadata = 'http://169.254.169.254/metadata/identity/oauth2/token';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where what runs in Azure asks for a token of its own. App Service, Container Apps and Functions name the place, which
 * is on the machine itself, and a header beside it: https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
 * Azure Arc names the place alone and proves who asks by a file, which is not done here:
 * https://learn.microsoft.com/azure/azure-arc/servers/managed-identity-authentication
 */
export function identityEndpoint(environment: Environment): URL {
  const named = environment['IDENTITY_ENDPOINT'];
  if (named === undefined) return new URL(metadata);
  const place = URL.canParse(named) ? new URL(named) : null;
  if (!place || (!isLoopback(place) && !isLinkLocal(place)))
    throw new OperatorError(
      'microsoft365: IDENTITY_ENDPOINT is not a place on this machine: run it where Azure sets it, or use another credential',
    );
  if (!environment['IDENTITY_HEADER'])
    throw new OperatorError(
      'microsoft365: IDENTITY_ENDPOINT is set and IDENTITY_HEADER is not: pass on both as Azure sets them, or use another credential; an identity of Azure Arc is not supported',
    );
  return place;
}

/** How the machine is asked; the header shows that it is no stranger who asks. */
export function identityRequest(
  { clientId, credential }: Config,
  resource: string,
  environment: Environment,
): { readonly url: string; readonly headers: Readonly<Record<string, string>> } {
  const place = identityEndpoint(environment);
  const named = environment['IDENTITY_ENDPOINT'] !== undefined;
  place.searchParams.set('api-version', named ? '2019-08-01' : '2018-02-01');
  place.searchParams.set('resource', resource.replace(/\/$/, ''));
  if ('managedIdentity' in credential && credential.managedIdentity === 'user-assigned')
    place.searchParams.set('client_id', clientId);
  const header = named ? { 'x-identity-header': environment['IDENTITY_HEADER'] ?? '' } : { metadata: 'true' };
  return { url: place.href, headers: header };
}

/** A token of the machine, and until when it counts, in seconds since 1970. */
export const Issued = z.object({
  access_token: z.string().min(1),
  expires_on: z.union([z.string().regex(/^\d+$/), z.int()]).transform(Number),
});
