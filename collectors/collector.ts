import type { z } from 'zod';
import type { Digest } from '../evidence-model/digest.ts';
import type { Outcome, ReasonCode } from '../evidence-model/outcome.ts';
import type { Exchange } from '../evidence-model/snapshot.ts';
import type { Dataset, OptIn, Refusal } from './dataset.ts';
import type { Network } from './transport/network.ts';

/** Everything of the outside world that a collector may use. */
export interface Io {
  readonly network: Network;
  readonly now: () => Date;
  /** Between 0 and 1, for jitter. */
  readonly random: () => number;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Keeps the bytes before anyone reads them, and says under which digest. */
  readonly keep: (bytes: Uint8Array) => Promise<Digest>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** Why a request gave no page, in the project's terms. */
export interface Problem extends Refusal {
  readonly outcome: Exclude<Outcome, 'complete' | 'partial'>;
  readonly reason: ReasonCode;
  /** One sentence, without credentials. */
  readonly text: string;
  /** What would have to be granted, where the source names something else than what the dataset needs anyhow. */
  readonly grant?: readonly string[];
}

/** One page of an answer, or why there is none. Attempts that were repeated and steps on the way are `asides`. */
export interface Page {
  readonly asides: readonly Exchange[];
  readonly exchange: Exchange | null;
  readonly answer:
    { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: Problem };
}

/** A signed-in connection: it knows authentication, paging, retries and rate budgets. It never throws for what a source does. */
export interface Session<Request = never> {
  /** How many partitions may be read at once. */
  readonly width: number;
  /** Whether it asks the source if what was got before still holds. */
  readonly recalls?: boolean;
  /** Whether a listing is paged by cursor, so that one that was broken off can be gone on with behind its last page. */
  resumes(request: Request): boolean;
  /** The pages of a listing; those behind `after`, the decoded last page that was read before, where that is given. */
  pages(
    request: Request,
    options: {
      readonly secrets: readonly string[];
      /** What the dataset declares to need, for sources that say beforehand what they gave. */
      readonly permissions: readonly string[];
      readonly after?: unknown;
      /** What the last whole reading of the dataset got at an address, for sources that say whether that still holds. */
      readonly known?: Recall | undefined;
    },
  ): AsyncIterable<Page>;
  close(): void;
}

/** A kept answer, and by what the source knows it again. */
export interface Known {
  readonly etag: string;
  readonly artifact: Digest;
  readonly bytes: Uint8Array;
  /** Which secret values of it were blanked before it was kept. */
  readonly redacted: readonly string[];
}

export type Recall = (url: string) => Promise<Known | null>;

export type Decoded =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly code: string | null };

/** Something that the vendor's own pages or tools take, so that exactly what is needed gets granted: a policy, a manifest, a script. */
export interface GrantDocument {
  /** By which it is asked for. */
  readonly id: string;
  readonly title: string;
  readonly content: Readonly<Record<string, unknown>> | string;
}

/** The plugin for one kind of source. Its declarations load nothing heavy; `connect` and `decode` load the SDK. */
export interface Collector<Config extends z.ZodType = z.ZodType> {
  readonly id: string;
  readonly title: string;
  /** The settings of one source of this kind; secrets come resolved. */
  readonly config: Config;
  /** What of the settings the requests and records depend on. It is kept with the evidence, so never a secret. */
  readonly scope: (config: never) => Readonly<Record<string, unknown>>;
  readonly datasets: readonly Dataset[];
  /** The setting without which an opt-in cannot be read. */
  readonly optInNeeds?: { readonly [Reading in OptIn]?: string };
  /** What grants the reading of these datasets and nothing else, where the vendor takes it as a document; the usual form first. */
  readonly grants?: (datasets: readonly Dataset[]) => Promise<readonly GrantDocument[]>;
  readonly connect: (config: never, datasets: readonly Dataset[], io: Io) => Promise<Session>;
  /** Whether a page says itself that another follows which these requests ask for, where pages say such a thing. Pure. */
  readonly continues?: (page: unknown, requests: readonly unknown[]) => boolean;
  /** Reads a kept body again, exactly as the session read it. Pure: no network, no clock. */
  readonly decode: (
    exchange: Pick<Exchange, 'status' | 'operation' | 'input' | 'contentType' | 'errorType'>,
    bytes: Uint8Array,
  ) => Promise<Decoded>;
}

export function collector<Config extends z.ZodType, Scope extends Readonly<Record<string, unknown>>>(
  declaration: Omit<Collector<Config>, 'scope' | 'connect'> & {
    readonly scope: (config: z.output<Config>) => Scope;
    readonly connect: (config: z.output<Config>, datasets: readonly Dataset[], io: Io) => Promise<Session>;
  },
): Collector {
  return declaration;
}
