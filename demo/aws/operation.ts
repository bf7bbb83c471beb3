import type { AwsAccount, AwsModel } from './model.ts';
import { slice } from './paging.ts';
import type { Principal } from './principals.ts';
import type { Answer, Fault, Tree } from './wire.ts';

/** What an operation is answered from. */
export interface Call<Input> {
  readonly model: AwsModel;
  readonly account: AwsAccount;
  readonly principal: Principal;
  readonly region: string;
  readonly operation: string;
  readonly input: Input;
  readonly now: Date;
  /** The most items of a page, whatever was asked for. */
  readonly pageSize: number;
}

export type QueryCall = Call<URLSearchParams>;
export type JsonCall = Call<Readonly<Record<string, unknown>>>;

export function fault(status: number, code: string, message: string): { readonly fault: Fault } {
  return { fault: { status, code, message } };
}

/**
 * A page of an IAM listing, by Marker and IsTruncated. IAM may return fewer items than asked for:
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export function iamPage<T>(
  { input, operation, pageSize }: QueryCall,
  items: readonly T[],
  tree: (items: readonly T[]) => { readonly [name: string]: Tree | undefined },
): Answer {
  const asked = Number(input.get('MaxItems') ?? 100);
  if (!(asked >= 1 && asked <= 1000))
    return fault(400, 'ValidationError', "Value at 'maxItems' failed to satisfy constraint");
  const rest = [...input].filter(([name]) => name !== 'Marker' && name !== 'MaxItems');
  const page = slice(items, {
    mark: input.get('Marker'),
    size: Math.min(asked, pageSize),
    question: JSON.stringify([operation, rest]),
  });
  if (!page) return fault(400, 'ValidationError', 'Invalid Marker');
  return {
    result: {
      IsTruncated: page.next !== null,
      ...tree(page.items),
      ...(page.next === null ? {} : { Marker: page.next }),
    },
  };
}

/** A page of any other listing, by a token that goes out and comes in under names of the service's own. */
export function tokenPage<T>(
  { input, operation, region, pageSize }: JsonCall,
  items: readonly T[],
  token: { readonly out: string; readonly in: string; readonly size: number; readonly more?: string },
  tree: (items: readonly T[]) => { readonly [name: string]: Tree | undefined },
): Answer {
  const rest = Object.entries(input).filter(([name]) => name !== token.in);
  const page = slice(items, {
    mark: text(input, token.in),
    size: Math.min(token.size, pageSize),
    question: JSON.stringify([operation, region, rest]),
  });
  if (!page) return fault(400, 'InvalidNextTokenException', 'The token is not valid.');
  return {
    result: {
      ...tree(page.items),
      ...(token.more === undefined ? {} : { [token.more]: page.next !== null }),
      ...(page.next === null ? {} : { [token.out]: page.next }),
    },
  };
}

/** What is asked for under this name where it is text, and `null` where it is not there. */
export function text(input: JsonCall['input'], name: string): string | null {
  const value = input[name];
  return typeof value === 'string' ? value : null;
}
