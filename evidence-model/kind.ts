import { z } from 'zod';
import type { Part } from './snapshot.ts';
import { Unknown } from './unknown.ts';

/** The fields of a kind, each with the schema of its value. */
export type Shape = Readonly<Record<string, z.ZodType>>;

/** A part of a kind: one field, and the values of it that the things have which are meant. */
export type PartOf<S extends Shape> = {
  readonly [F in keyof S]?: readonly (z.output<S[F]> & (string | boolean))[];
};

/** What one dataset says of one thing: any of the kind's fields, each a value or unknown with a reason. */
export type Said<S extends Shape> = { readonly id: string } & {
  readonly [F in keyof S]?: z.output<S[F]> | Unknown;
};

/** One normalised fact, before it is known where it was read. */
export interface Emission {
  readonly kind: string;
  readonly data: { readonly id: string; readonly [field: string]: unknown };
}

/**
 * What a record is about, the same whichever source it came from. Kinds are the only thing that datasets and
 * controls share. A record carries only the fields that its dataset speaks of.
 */
export interface Kind<S extends Shape = Shape> {
  readonly name: string;
  readonly fields: S;
  /** Of what happened: the field that says when. What is, as long as it is, has none. */
  readonly at?: string;
  /** Holds every record to the kind: unknown fields are errors. */
  readonly schema: z.ZodType<Emission['data']>;
  /** Says something of the thing with this id. */
  record(data: Said<S>): Emission;
}

export function kind<const S extends Shape>(
  name: string,
  fields: S,
  event: { readonly at?: keyof S & string } = {},
): Kind<S> {
  const entries = Object.entries(fields).map(([field, type]) => [field, z.union([type, Unknown]).optional()]);
  const shape = Object.fromEntries(entries) as Record<string, z.ZodType>;
  const schema = z.strictObject({ id: z.string().min(1), ...shape }) as unknown as Kind['schema'];
  return { name, fields, ...event, schema, record: (data) => ({ kind: name, data }) };
}

/** The part in the form in which it is written down. */
export function partOf<S extends Shape>(part: PartOf<S>): Part {
  const [[field, values] = [], ...others] = Object.entries<readonly (string | boolean)[] | undefined>(part);
  if (field === undefined || values === undefined || others.length > 0)
    throw new Error('a part of a kind is told by one field');
  return { field, values: [...values] };
}
