import { z } from 'zod';
import { AuditEvent, DirectoryChange } from '../../evidence-model/kinds.ts';
import { needsOf, type Control } from '../control.ts';
import aws from './aws.json' with { type: 'json' };
import everywhere from './everywhere.json' with { type: 'json' };
import github from './github.json' with { type: 'json' };
import microsoft365 from './microsoft365.json' with { type: 'json' };

/*
 * Which log of a source would show that something changed that a control looks at: for each kind of source, by kind of
 * thing and field. What is not declared here is shown by no log.
 */

/** Whether there are things of a kind, and which: every control looks at that, beside the fields that it needs. */
export const itself = 'itself';
/** All fields of a kind, and whether there are such things; of all kinds. */
const any = '*';

/** Fields of which a log tells every change, by events of these names. In a name `*` stands for any text, and capitals do not count. */
const Told = z.strictObject({
  of: z.array(z.string()).min(1),
  /** The dataset that reads the log. */
  log: z.string(),
  events: z.array(z.string()).min(1),
  /** Names that the ones above would take in, and that change nothing of it. */
  except: z.array(z.string()).default([]),
  /** What stands above the source and can change it without a line in this log. */
  above: z.string().optional(),
  /** Where the vendor names these events. */
  docs: z.url(),
});
/** What happened, and is itself what a log tells: whatever the control judges it by was wholly read, or its window says otherwise. */
const Own = z.strictObject({ of: z.array(z.string()).min(1), own: z.literal(true) });
/** Why no log that is read tells it. */
const Untold = z.strictObject({ of: z.array(z.string()).min(1), none: z.string().min(1) });

const Declared = z.strictObject({
  /** What stands above a source, by the id under which a company declares among its systems that there is none. */
  above: z.record(z.string(), z.string()),
  kinds: z.record(z.string(), z.array(z.union([Told, Own, Untold])).min(1)),
});
type Declared = z.output<typeof Declared>;
type Entry = Declared['kinds'][string][number];

const everySource = Declared.parse(everywhere);
const declared: Readonly<Record<string, Declared>> = {
  github: Declared.parse(github),
  microsoft365: Declared.parse(microsoft365),
  aws: Declared.parse(aws),
};

/** The kinds of the lines of logs that tell of changes, and the field of each that names what was done. */
export const lineNames: Readonly<Record<string, string>> = {
  [AuditEvent.name]: 'action',
  [DirectoryChange.name]: 'activity',
};

/** A log that tells of changes of what a control looks at, and how it calls them. */
export interface Watched {
  readonly log: string;
  readonly isShown: (name: string) => boolean;
  /** What must be declared absent for the log to tell all of it, with why. */
  readonly above: { readonly id: string; readonly why: string } | null;
}

/** How what a control looks at, at one kind of source, would be seen to change between two readings. */
export interface Showing {
  /** What of it no log that is read tells, and why. Where there is any, nothing is covered. */
  readonly untold: readonly string[];
  readonly watched: readonly Watched[];
  /** Whether it looks at what happened, which logs tell by themselves. */
  readonly happens: boolean;
  /** Whether it looks at what is, which only readings tell. */
  readonly lasts: boolean;
}

const known = new WeakMap<Control, Map<string, Showing>>();

export function showingOf(control: Control, collector: string): Showing {
  const here = known.get(control) ?? new Map<string, Showing>();
  known.set(control, here);
  const before = here.get(collector);
  if (before) return before;
  const made = showing(control, collector);
  here.set(collector, made);
  return made;
}

function showing(control: Control, collector: string): Showing {
  const untold = new Map<string, Map<string, Set<string>>>();
  const watched = new Map<Entry, Watched>();
  const found = { happens: false, lasts: false };
  for (const { kind, fields } of needsOf(control, collector))
    for (const field of [itself, ...fields]) {
      const entry = entryOf(collector, kind, field);
      if (entry && 'own' in entry) found.happens = true;
      else found.lasts = true;
      if (entry && 'log' in entry) watched.set(entry, watchedBy(entry, collector));
      if (entry && !('none' in entry)) continue;
      const why = entry?.none ?? 'no log is declared for it';
      const about = untold.get(why) ?? new Map<string, Set<string>>();
      untold.set(why, about.set(kind, (about.get(kind) ?? new Set()).add(field)));
    }
  return {
    untold: [...untold].map(([why, about]) => `${why} (${[...about].map(named).join('; ')})`),
    watched: [...watched.values()],
    ...found,
  };
}

/** What is declared of a field of a kind at a kind of source. */
export function entryOf(collector: string, kind: string, field: string): Entry | undefined {
  const of = declared[collector]?.kinds;
  const entries = of?.[kind] ?? everySource.kinds[kind] ?? of?.[any] ?? [];
  return entries.find((entry) => entry.of.includes(field) || entry.of.includes(any));
}

/** Everything that is declared, for whoever holds it against what there is. */
export function allEntries(): readonly { collector: string | null; kind: string; entry: Entry }[] {
  return [...Object.entries(declared), [null, everySource] as const].flatMap(([collector, { kinds }]) =>
    Object.entries(kinds).flatMap(([kind, entries]) => entries.map((entry) => ({ collector, kind, entry }))),
  );
}

const noted = new Map<string, ((name: string) => boolean)[]>();
for (const { entry } of allEntries())
  if ('log' in entry) noted.set(entry.log, [...(noted.get(entry.log) ?? []), matcher(entry)]);

/** Whether a log is one that is declared to tell of changes. */
export const isWatched = (log: string) => noted.has(log);
/** Whether any control would be told of a change by a line of this name. */
export const isNoted = (log: string, name: string) =>
  noted.get(log)?.some((matches) => matches(name)) ?? false;

function watchedBy(entry: z.output<typeof Told>, collector: string): Watched {
  const { log, above } = entry;
  const why = above === undefined ? undefined : declared[collector]?.above[above];
  return {
    log,
    isShown: matcher(entry),
    above: above === undefined ? null : { id: above, why: why ?? `${above} is not read` },
  };
}

function matcher({ events, except }: Pick<z.output<typeof Told>, 'events' | 'except'>) {
  const [takes, leaves] = [events.map(patternOf), except.map(patternOf)];
  return (name: string) =>
    takes.some((pattern) => pattern.test(name)) && !leaves.some((pattern) => pattern.test(name));
}

function patternOf(name: string): RegExp {
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${name.split('*').map(literal).join('.*')}\\s*$`, 'i');
}

/** A kind of thing, or only some of its fields. */
function named([kind, fields]: readonly [kind: string, fields: ReadonlySet<string>]): string {
  return fields.has(itself) ? kind : `${[...fields].join(', ')} of ${kind}`;
}
