import type { DeclaredSystem } from '../declarations.ts';
import { outsideKinds, type Question } from '../questionnaire.ts';
import type { CoveredSystem } from './answer.ts';
import type { Outside } from './draft.ts';

/** A configured source, and whether anything of it was read at all. */
export interface KnownSource {
  readonly id: string;
  readonly collector: string;
  /** What people call the kind of system, such as Microsoft 365. */
  readonly system: string;
  readonly read: boolean;
}

/** Declared systems speak of a kind of system by having its id. */
export function outsideOf({ outside }: Question, systems: readonly DeclaredSystem[]): Outside {
  const declared = (kind: string) => systems.filter(({ id }) => id === kind);
  const is = (kind: string, absent: boolean) =>
    declared(kind).some(({ state }) => (state === 'absent') === absent);
  return {
    undeclared: outside.filter((kind) => declared(kind).length === 0),
    present: outside.filter((kind) => is(kind, false)),
    absent: outside.filter((kind) => is(kind, true)),
  };
}

const words = (kind: string) => outsideKinds[kind] ?? kind;

/** Of kinds of systems and of kinds of sources. */
export function wordsOf(
  { undeclared, present, absent }: Outside,
  systemName: (collector: string) => string,
): Outside {
  const told = (kinds: readonly string[]) => kinds.map((kind) => outsideKinds[kind] ?? systemName(kind));
  return { undeclared: told(undeclared), present: told(present), absent: told(absent) };
}

interface Declarations {
  readonly sources: readonly KnownSource[];
  readonly systems: readonly DeclaredSystem[];
  readonly systemName: (collector: string) => string;
}

/** The kinds of sources that controls are about and that nobody connected: what is read of others says nothing of them. */
export function unconnectedOf(
  collectors: readonly string[],
  { sources, systems }: Declarations,
): Pick<Outside, 'undeclared' | 'present'> {
  const missing = [...new Set(collectors)].filter((each) =>
    sources.every(({ collector }) => collector !== each),
  );
  const statesOf = (of: string) => systems.filter(({ collector }) => collector === of);
  return {
    undeclared: missing.filter((each) => statesOf(each).length === 0),
    present: missing.filter((each) => statesOf(each).some(({ state }) => state !== 'absent')),
  };
}

/** Those of which nobody said anything; what was declared of the others is told with what else was. */
export function unconnectedTexts(
  { undeclared }: Pick<Outside, 'undeclared'>,
  { systemName }: Declarations,
): string[] {
  return undeclared.map(
    (each) => `${systemName(each)} (no source is connected, and nobody declared it absent)`,
  );
}

/** The systems that were really read, of those that the question is about. */
export function coveredOf(sources: readonly KnownSource[], collectors: ReadonlySet<string>): CoveredSystem[] {
  return sources
    .filter(({ collector, read }) => read && collectors.has(collector))
    .map(({ id, collector, system }) => ({ source: id, collector, system }));
}

/** What no statement about the question speaks of, in words, with what was declared by whom. */
export function notCoveredOf(
  question: Question,
  outside: Outside,
  {
    sources,
    systems,
  }: { readonly sources: readonly KnownSource[]; readonly systems: readonly DeclaredSystem[] },
  collectors: ReadonlySet<string>,
): string[] {
  const said = ({ name, state, declaredBy, declaredOn }: DeclaredSystem) => {
    const how = {
      absent: 'declared absent',
      'not-read': 'in scope and not read',
      'by-hand': 'answered by hand',
      connected: 'connected, and read no further than the evidence named here',
    };
    return `${name}: ${how[state]} (${declaredBy}, ${declaredOn})`;
  };
  const mine = systems.filter(
    ({ id, collector, state }) =>
      (id in outsideKinds ? question.outside.includes(id) : collector === undefined && state !== 'absent') ||
      (collector !== undefined && collectors.has(collector)),
  );
  const unread = sources.filter(({ collector, read }) => !read && collectors.has(collector));
  return [
    ...outside.undeclared.map((kind) => `${words(kind)} (nobody declared whether there are any)`),
    ...mine.map(said),
    ...unread.map(({ id, system }) => `${system} (${id}): connected, and nothing of it could be read`),
    ...question.doesNotCover,
  ];
}
