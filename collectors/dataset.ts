import type { z } from 'zod';
import type { Cadence } from '../evidence-model/cadence.ts';
import { partOf, type Emission, type Kind, type PartOf, type Shape } from '../evidence-model/kind.ts';
import type { Part, SnapshotHeader } from '../evidence-model/snapshot.ts';
import { isUnknown } from '../evidence-model/unknown.ts';

/** What a dataset says about one kind. */
export interface Speaks {
  readonly kind: Kind;
  /** The fields it is an authority on; it may emit no others. */
  readonly fields: readonly string[];
  /** A complete reading names every thing of this kind in each of its partitions, or every one of a part. */
  readonly lists: boolean | Part;
}

/**
 * What a dataset says about a kind, field by field. `lists` where a complete reading names them all, or all of a part,
 * such as the buckets among what holds data.
 */
export function speaks<S extends Shape>(
  kind: Kind<S>,
  fields: readonly (keyof S & string)[],
  { lists }: { readonly lists: boolean | PartOf<S> } = { lists: false },
): Speaks {
  return { kind: kind, fields, lists: typeof lists === 'boolean' ? lists : partOf(lists) };
}

/** What an item is read with, besides itself. */
export interface Reading<Scope, Parent> {
  readonly scope: Scope;
  readonly parent: Parent;
  /** The whole decoded answer that the item stands in. */
  readonly page: unknown;
  /** What was asked, for items that do not repeat it. */
  readonly url: string;
  /** What was asked for of a log; `null` for a state. */
  readonly interval: Interval | null;
}

/** Whether something happened within what was asked for of a log. */
export function within(at: string, { interval }: Pick<Reading<unknown, unknown>, 'interval'>): boolean {
  if (interval === null) throw new Error('only of a log an interval is asked for');
  const time = Date.parse(at);
  return Date.parse(interval.from) <= time && time < Date.parse(interval.to);
}

/** Where the items are in an answer, the fields of them that are read, and how they become records. Pure. */
export interface List<Scope, Parent> {
  /** JSON Pointer to the list, or to the one item. */
  readonly at: string;
  readonly one: boolean;
  /** Whether its items are what the independent count counts. */
  readonly counted: boolean;
  readonly item: z.ZodType;
  readonly records: (item: never, reading: Reading<Scope, Parent>) => readonly Emission[];
}

/** One request for each record of another dataset, whose fields are all known and for which `where` holds. */
export interface Each<Parent> {
  readonly dataset: string;
  readonly kind: string;
  /** Fields of the parent that the requests and records use. Where one is unknown, the partition is not asked and not complete. */
  readonly needs: readonly string[];
  /** Which parents are asked about. Those left out have no partition here. */
  readonly where: (parent: Parent) => boolean;
  /** Of parents that share this field's value the first is asked about, and the value names the partition. */
  readonly once?: string;
  /** What a parent names, where that is asked about in its place: each thing once, however many name it. */
  readonly names?: (parent: never) => readonly string[];
  /** Ids that the settings of the source name beside those of the records: each is asked about like a record of that id. */
  readonly besides?: (scope: never) => readonly string[];
  /**
   * Parents that these records name in this field are left out too, where the dataset was wholly read: a listing
   * answered for them already.
   */
  readonly except?: { readonly dataset: string; readonly kind: string; readonly field: string };
}

export function each<S extends Shape, const F extends keyof S & string>(
  dataset: { readonly id: string },
  kind: Kind<S>,
  needs: readonly F[],
  where: (parent: { readonly id: string } & { readonly [K in F]: z.output<S[K]> }) => boolean = () => true,
  options: {
    readonly once?: F;
    readonly besides?: (scope: never) => readonly string[];
    readonly except?: {
      readonly dataset: { readonly id: string };
      readonly kind: Kind;
      readonly field: string;
    };
  } = {},
): Each<{ readonly id: string } & { readonly [K in F]: z.output<S[K]> }> {
  const { once, besides, except } = options;
  return {
    dataset: dataset.id,
    kind: kind.name,
    needs,
    where,
    ...(once === undefined ? {} : { once }),
    ...(besides && { besides }),
    ...(except && { except: { ...except, dataset: except.dataset.id, kind: except.kind.name } }),
  };
}

/** One request for each thing that records of another dataset name, such as the groups that policies refer to. */
export function eachNamed<S extends Shape, const F extends keyof S & string>(
  dataset: { readonly id: string },
  kind: Kind<S>,
  needs: readonly F[],
  names: (parent: { readonly [K in F]: z.output<S[K]> }) => readonly string[],
): Each<{ readonly id: string }> {
  return { dataset: dataset.id, kind: kind.name, needs, where: () => true, names };
}

type ParentData = Readonly<Record<string, unknown>> & { readonly id: string };

/** The fields that asking for a record needs and that it does not tell. */
export function untold({ needs }: Each<never>, data: ParentData): string[] {
  return needs.filter((field) => data[field] === undefined || isUnknown(data[field]));
}

/** What is asked for because the settings name it. */
export function askedBeside(
  { besides }: Each<never>,
  scope: unknown,
): readonly { readonly partition: string; readonly parent: ParentData }[] {
  return (besides?.(scope as never) ?? []).map((id) => ({ partition: id, parent: { id } }));
}

/** What is asked for because of a record, and what partition that is: itself, what it names, or nothing. */
export function askedFor(
  { where, names, once }: Each<never>,
  data: ParentData,
): readonly { readonly partition: string; readonly parent: ParentData }[] {
  if (!where(data as never)) return [];
  if (names) return names(data as never).map((id) => ({ partition: id, parent: { id } }));
  return [{ partition: once === undefined ? data.id : String(data[once]), parent: data }];
}

/** The source's refusal, in terms that a program may decide by. */
export interface Refusal {
  readonly status: number;
  /** The vendor's error code, where the vendor has such a thing; never a message. */
  readonly code: string | null;
}

/** Data about people that a source gives along, in words for whoever must answer for it. */
export type PersonalData =
  | ('account names' | 'e-mail addresses' | 'IP addresses' | 'names of people')
  | ('pictures' | 'times of use' | 'departments and job titles');

/**
 * What a customer agreed to, from least to most; each holds those before it. Beside them stand readings that are agreed
 * to one by one, whatever the rest: `contents` reads what source code is made of, `enterprise` what stands above the
 * source and takes rights over all of it, `dns` asks a resolver of somebody else's about domains, `exchange` takes a
 * permission that says «manage».
 */
export const consents = ['insurance-mfa', 'standard', 'full'] as const;
export const optIns = ['contents', 'enterprise', 'dns', 'exchange'] as const;
export type Consent = (typeof consents)[number];
export type OptIn = (typeof optIns)[number];
export type Tier = Consent | OptIn;

/** Those of these datasets that may be read with such consent. */
export function consented<D extends { readonly tier?: Tier }>(
  datasets: readonly D[],
  consent: Consent,
  also: readonly OptIn[],
): readonly D[] {
  const agreed: readonly Tier[] = [...consents.slice(0, consents.indexOf(consent) + 1), ...also];
  return datasets.filter(({ tier = 'standard' }) => agreed.includes(tier));
}

interface Common<Scope, Request, Parent> {
  /** `collector/name`, which is also the path of its file and of its fixture. */
  readonly id: `${string}/${string}`;
  readonly title: string;
  /** The vendor's page about the end point. */
  readonly docs: string;
  /** The least privilege that the requests need, in the vendor's words. */
  readonly permissions: readonly string[];
  /** What of consent it takes to read it; `standard`, unless told. */
  readonly tier?: Tier;
  /** What the kept answers hold about people. Whatever else a source gives about them is among `secrets`. */
  readonly personal: readonly PersonalData[];
  /** The plan without which there is nothing to read. */
  readonly licence?: string;
  readonly speaks: readonly Speaks[];
  readonly each?: Each<Parent>;
  readonly lists: readonly List<Scope, Parent>[];
  /** Turns the decoded answer into the value that the pointers of items point into, such as the rows of a CSV. */
  readonly parse?: (value: unknown) => unknown;
  /** Whether a refusal is the source's way of saying «there is none»: the one item is then `null`, and a list has none. */
  readonly none?: (refusal: Refusal, parent: Parent) => boolean;
  /** Refusals that mean lack of permission though their status does not say so. */
  readonly denied?: (refusal: Refusal) => boolean;
  /** The listing of what it is about: who is not shown all of that is not shown all of this. It is read before. */
  readonly boundedBy?: string;
  /** Why such a caller is never shown all of it; `null` where he may be. */
  readonly doubt?: (scope: Scope) => string | null;
  /** Asked where it is refused, to tell a plan that lacks it from a caller who may not see it. */
  readonly plan?: {
    readonly what: string;
    readonly request: (scope: Scope) => Request;
    /** `null` where the answer does not say. */
    readonly has: (value: unknown) => boolean | null;
  };
  /** Refusals that mean lack of the licence though neither their code nor their status says so by itself. */
  readonly unlicensed?: (refusal: Refusal) => boolean;
  /** Why a reading that names nothing cannot be a whole one, such as «an organisation always has an owner». */
  readonly neverEmpty?: string;
  /** An independent count of the items, to hold the listing against. */
  readonly count?: {
    readonly what: string;
    /** Where it is asked for; without it, each page of the listing tells the count of all. */
    readonly request?: (scope: Scope, parent: Parent) => Request;
    /** `null` where the answer does not say, which is not zero. */
    readonly of: (
      value: unknown,
      reading: { readonly scope: Scope; readonly parent: Parent },
    ) => number | null;
  };
  /**
   * Second questions whose answers show that the caller sees what it would have to see. Sources answer a caller without
   * rights with good news: an empty list, a missing field.
   */
  readonly probes?: readonly {
    readonly what: string;
    readonly request: (scope: Scope, parent: Parent) => Request;
    readonly seen: (value: unknown) => boolean;
  }[];
  /** When the source says that it looked, as ISO time, where that is earlier than the answer; and how old that may be. */
  readonly observed?: { readonly at: (page: unknown) => string | null; readonly maximumAgeHours: number };
  /**
   * Where secret values stand, as JSON Pointers in which `*` is any one token; where the source answers in XML, the
   * elements that hold them, as `<Name>`. They are blanked before the body is kept.
   */
  readonly secrets?: readonly string[];
}

/** A population or a setting as it is now. */
export interface StateDataset<Scope = never, Request = unknown, Parent = never> extends Common<
  Scope,
  Request,
  Parent
> {
  readonly type: 'state';
  /**
   * Where this is a listing of those who lack or have something: what it means for what `among` lists not to be in it.
   * It is always read after `among`.
   */
  readonly absence?: {
    readonly kind: Kind;
    readonly among: string;
    readonly means: Readonly<Record<string, unknown>>;
  };
  readonly requests: (scope: Scope, parent: Parent) => readonly Request[];
}

/** Half-open interval of event time, as ISO times in UTC. */
export interface Interval {
  readonly from: string;
  readonly to: string;
}

/** What happened, by event time. Each reading covers an interval; coverage is their union. */
export interface LogDataset<Scope = never, Request = unknown, Parent = never> extends Common<
  Scope,
  Request,
  Parent
> {
  readonly type: 'log';
  /**
   * How often it is due; `nightly`, unless told. What costs a request for each of many things may be `weekly`: no state
   * is, for judging needs it as it is now, while a log says up to when it goes.
   */
  readonly cadence?: Cadence;
  /** How far back the source still remembers, in days: nothing earlier can be covered. */
  readonly memoryDays: number;
  /** How long after an event the source may take to show it. A reading asks for nothing younger. */
  readonly settleMinutes: number;
  readonly requests: (scope: Scope, parent: Parent, interval: Interval) => readonly Request[];
}

export type Dataset<Scope = never, Request = unknown, Parent = never> =
  StateDataset<Scope, Request, Parent> | LogDataset<Scope, Request, Parent>;

/** What those who judge must know of a dataset, whether or not it was read. */
export function declarationOf(dataset: Dataset): Pick<SnapshotHeader, 'kinds' | 'absence'> {
  return {
    kinds: Object.fromEntries(
      dataset.speaks.map(({ kind, fields, lists }) => [kind.name, { speaks: [...fields], lists }]),
    ),
    absence:
      dataset.type === 'state' && dataset.absence
        ? [
            {
              kind: dataset.absence.kind.name,
              among: dataset.absence.among,
              means: { ...dataset.absence.means },
            },
          ]
        : [],
  };
}

/** Types the datasets of one collector by what its sessions understand. */
export function datasetsOf<Scope, Request>() {
  return {
    state: <Parent = undefined>(declaration: Omit<StateDataset<Scope, Request, Parent>, 'type'>) =>
      ({ type: 'state', ...declaration }) as StateDataset as Dataset,
    log: <Parent = undefined>(declaration: Omit<LogDataset<Scope, Request, Parent>, 'type'>) =>
      ({ type: 'log', ...declaration }) as LogDataset as Dataset,
    /** Every element of the list at this pointer is an item. */
    list: <Item extends z.ZodType, Parent>(
      at: string,
      item: Item,
      records: (item: z.output<Item>, reading: Reading<Scope, Parent>) => readonly Emission[],
      { counted }: { readonly counted: boolean } = { counted: true },
    ): List<Scope, Parent> => ({ at, one: false, counted, item, records }),
    /** What stands at this pointer is the one item; it is `null` where the source said that there is none. */
    one: <Item extends z.ZodType, Parent>(
      at: string,
      item: Item,
      records: (item: z.output<Item>, reading: Reading<Scope, Parent>) => readonly Emission[],
    ): List<Scope, Parent> => ({ at, one: true, counted: true, item, records }),
  };
}
