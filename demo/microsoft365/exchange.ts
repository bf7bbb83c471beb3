import type { HttpReply, HttpRequest } from '../http.ts';
import type { Microsoft365Model } from './model.ts';
import { bearerOf, exchangePermission } from './token.ts';

/** Answers cmdlets that get something, as far as the model has them, to an application that may manage Exchange. */
export function exchangeReply(
  model: Microsoft365Model,
  request: HttpRequest,
  place: { readonly tenant: string; readonly origin: string },
): HttpReply {
  const no = (status: number, code: string) =>
    json(status, { error: { code, message: 'The cmdlet was refused.' } });
  if (request.method !== 'POST') return no(405, 'MethodNotAllowed');
  const caller = bearerOf(model, request.headers.authorization, request.at, 'exchange');
  if (!caller) return no(401, 'InvalidAuthenticationToken');
  if (place.tenant !== model.tenant && place.tenant !== model.domain) return no(404, 'TenantNotFound');
  if (!caller.permissions.includes(exchangePermission)) return no(403, 'Unauthorized');
  const found = model.listings[nameIn(request.body)];
  if (!found) return no(400, 'CmdletNotFound');
  return json(200, {
    '@odata.context': `${place.origin}/exchange/adminapi/beta/${place.tenant}/$metadata#Collection(Exchange.GenericHashTable)`,
    'adminapi.warnings@odata.type': '#Collection(String)',
    '@adminapi.warnings': [],
    value: found,
  });
}

function nameIn(body: Buffer): string {
  try {
    const { CmdletInput: input } = JSON.parse(body.toString()) as { CmdletInput?: { CmdletName?: unknown } };
    return typeof input?.CmdletName === 'string' ? input.CmdletName : '';
  } catch {
    return '';
  }
}

function json(status: number, value: unknown): HttpReply {
  return {
    status,
    headers: { 'content-type': 'application/json;odata.metadata=minimal;charset=utf-8' },
    body: JSON.stringify(value),
  };
}
