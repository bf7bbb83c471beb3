import type { AwsRegion, AwsThing, AwsThings } from './cloud-model.ts';
import { fault, tokenPage, type JsonCall } from './operation.ts';
import type { Answer, Tree } from './wire.ts';

type Operation = (call: JsonCall) => Answer;

/** The region that was asked; one that the model does not name holds nothing. */
export function regionOf({ account, region }: JsonCall): AwsRegion | undefined {
  return account.regions.find(({ name }) => name === region);
}

export function thingsIn(call: JsonCall, what: keyof AwsThings): readonly AwsThing[] {
  return regionOf(call)?.holds[what] ?? [];
}

/** How the services page, with how many items they give at most. */
export const tokens = {
  nextToken: { out: 'NextToken', in: 'NextToken', size: 100 },
  lowerNextToken: { out: 'nextToken', in: 'nextToken', size: 100 },
  ec2: { out: 'nextToken', in: 'NextToken', size: 1000 },
  backup: { out: 'NextToken', in: 'nextToken', size: 1000 },
  nextMarkers: { out: 'NextMarker', in: 'NextMarker', size: 100 },
  tables: { out: 'LastEvaluatedTableName', in: 'ExclusiveStartTableName', size: 100 },
  distributions: { out: 'NextMarker', in: 'Marker', size: 100, more: 'IsTruncated' },
  marker: { out: 'Marker', in: 'Marker', size: 100 },
  nextMarker: { out: 'NextMarker', in: 'Marker', size: 50 },
  kms: { out: 'NextMarker', in: 'Marker', size: 1000, more: 'Truncated' },
} as const;

/** Lists what the region holds, in the form that this service gives it. */
export function listing(
  what: keyof AwsThings,
  token: Parameters<typeof tokenPage>[2],
  tree: (items: readonly Tree[]) => { readonly [name: string]: Tree },
  {
    where = () => true,
    told = (thing) => thing as Tree,
  }: {
    readonly where?: (thing: AwsThing, call: JsonCall) => boolean;
    readonly told?: (thing: AwsThing, call: JsonCall) => Tree;
  } = {},
): Operation {
  return (call) => {
    const items = thingsIn(call, what).filter((thing) => where(thing, call));
    return tokenPage(call, items, token, (page) => tree(page.map((thing) => told(thing, call))));
  };
}

/** What is told of a thing besides this field, which is told elsewhere. */
export function besides(thing: AwsThing, field: string): Tree {
  return Object.fromEntries(Object.entries(thing).filter(([name]) => name !== field)) as Tree;
}

/** Tells of one thing, found by what it is asked for by. */
export function one(
  what: keyof AwsThings,
  { field, asked, missing }: { readonly field: string; readonly asked: string; readonly missing: string },
  tree: (thing: AwsThing) => Tree,
): Operation {
  return (call) => {
    const found = thingsIn(call, what).find((thing) => thing[field] === call.input[asked]);
    return found ? { result: tree(found) } : fault(404, missing, 'There is no such thing.');
  };
}

/** Whether a thing happened in the time that was asked for; times are epoch seconds. */
export function happened(field: string): (thing: AwsThing, call: JsonCall) => boolean {
  return (thing, { input }) => {
    const at = Number(thing[field]) * 1000;
    const bound = (name: string, open: number) =>
      typeof input[name] === 'string' ? Date.parse(input[name]) : open;
    return at >= bound('createdAfter', 0) && at <= bound('createdBefore', Infinity);
  };
}
