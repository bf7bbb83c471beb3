import { declarationOf, type Dataset } from '../../collectors/dataset.ts';
import { needsOf, type Control, type Need } from '../../controls/control.ts';
import { readFor } from '../../controls/declared/with-declared.ts';
import { behind } from '../../controls/derived.ts';
import { controls } from '../../controls/index.ts';
import {
  Account,
  AccountAccess,
  AccountHolder,
  DirectoryUser,
  Domain,
  FederationRoute,
  Leaver,
  PersonAccess,
  Principal,
  PrincipalPower,
} from '../../evidence-model/kinds.ts';
import type { Subject } from '../../evidence-model/subject.ts';
import type { Judgement } from '../../exports/judge.ts';
import { behindAll } from '../../exports/same-inputs.ts';
import { isAskedOf } from '../../controls/readings.ts';
import { membership } from '../../controls/relatives.ts';

/** The dataset, and all that is asked for each of its items, held against it or bounded by it. */
export function dependents(datasets: readonly Dataset[], id: string): Dataset[] {
  const own = datasets.filter((dataset) => dataset.id === id);
  const others = datasets.filter(
    (dataset) =>
      dataset.each?.dataset === id ||
      dataset.boundedBy === id ||
      (dataset.type === 'state' && dataset.absence?.among === id),
  );
  return [...own, ...others.flatMap((other) => dependents(datasets, other.id))];
}

/** What a control looks at, with the listings that it was derived from where no dataset says it. */
export function needsBehind(control: Control, collector?: string): readonly Need[] {
  const needs = needsOf(control, collector).filter(({ softens }) => softens !== true);
  return [...needs, ...needs.flatMap(({ kind }) => certainly(kind)).map((kind) => ({ kind, fields: [] }))];
}

/** What nothing of a derived kind passes without. What somebody can do follows from more, of which each may not matter. */
function certainly(kind: string): readonly string[] {
  if (kind === PrincipalPower.name) return [Principal.name];
  // Which domains are proven matters only where no verified address of anybody is told.
  if (kind === AccountHolder.name || kind === Leaver.name)
    return behind(AccountHolder.name).filter((each) => each !== Domain.name);
  return kind === AccountAccess.name || kind === PersonAccess.name ? [Account.name, DirectoryUser.name] : [];
}

/** Whether a control is about what no dataset tells, but follows from several. */
export function isDerived(needs: readonly Need[]): boolean {
  return needs.some(({ kind }) => behindAll([kind]).length > 0);
}

/** Controls that what these datasets say may matter to, at whichever source, by way of what follows from it. */
export function perhapsConcerned(datasets: readonly Dataset[]): Set<string> {
  const asks = askingOf(datasets);
  const far: readonly string[] = [
    ...[AccountAccess, AccountHolder, PersonAccess, FederationRoute, Leaver, PrincipalPower].map(
      ({ name }) => name,
    ),
  ];
  const found = controls.filter((control) =>
    needsOf(control)
      .filter(({ kind }) => far.includes(kind) || readFor(new Set([kind])).length > 0)
      .flatMap(({ kind }) => behindAll([kind]))
      .some(
        (kind) =>
          datasets.some((dataset) => kind in declarationOf(dataset).kinds) || asks({ kind, fields: [] }),
      ),
  );
  return new Set(found.map(({ id }) => id));
}

/** Controls that look at what these datasets say. */
export function concerned(collector: string, datasets: readonly Dataset[]): Set<string> {
  const asks = askingOf(datasets);
  const found = controls.filter(
    (control) => control.collectors.includes(collector) && needsBehind(control, collector).some(asks),
  );
  return new Set([...found.map(({ id }) => id), 'evidence-coverage-complete']);
}

/** What a control has to do with these datasets, as a night showed in which nothing was wrong. */
export class Concern {
  readonly #control: Control;
  readonly #was: Pick<Judgement, 'subjects' | 'datasets'>;
  readonly #asks: (need: Need) => boolean;
  readonly #collector: string;
  readonly #spoken = new Set<string>();

  constructor(control: Control, datasets: readonly Dataset[], was: Pick<Judgement, 'subjects' | 'datasets'>) {
    this.#control = control;
    this.#was = was;
    this.#asks = askingOf(datasets);
    this.#collector = datasets[0]?.id.split('/')[0] ?? '';
    for (const { dataset, snapshot } of was.datasets)
      if (snapshot && datasets.some(({ id }) => id === dataset))
        for (const { kind, data } of snapshot.records()) this.#spoken.add(`${kind} ${data.id}`);
  }

  /** Whether they speak of what it needs; where it needs some things of a kind alone, of one of these. */
  get any(): boolean {
    return needsOf(this.#control, this.#collector).some((need) => this.#touches(need));
  }

  /** Whom it judges without looking at anything that they say. */
  besides(is: Pick<Judgement, 'subjects'>): Set<string> {
    return new Set(
      this.#control.parts.flatMap(({ collectors = [this.#collector], over, related }) => {
        if (!collectors.includes(this.#collector)) return [];
        if (Object.values(related).some((need) => this.#touches(need))) return [];
        if (over.only === undefined && this.#asks(over)) return [];
        return is.subjects
          .of(over.kind)
          .filter((each) => membership(each, over.only) === 'yes' && !this.#speaksOf(over, each))
          .map(({ id }) => id);
      }),
    );
  }

  /** Whom it judges at a place, as `account|region`, of which one of these things, or the place itself, was wholly read. */
  at(ids: ReadonlySet<string>, is: Pick<Judgement, 'subjects'>): Set<string> {
    const placeOf = ({ fields }: Subject) =>
      `${String(fields.get('cloudAccount')?.value)}|${String(fields.get('region')?.value ?? fields.get('name')?.value)}`;
    const whole = new Set(ids);
    for (const { kind } of needsOf(this.#control))
      for (const each of this.#was.subjects.of(kind)) if (ids.has(each.id)) whole.add(placeOf(each));
    const judged = this.#control.parts.flatMap(({ over }) => is.subjects.of(over.kind));
    return new Set(judged.filter((each) => whole.has(placeOf(each))).map(({ id }) => id));
  }

  #touches(need: Need): boolean {
    if (!this.#asks(need)) return false;
    if (need.only === undefined) return true;
    return this.#was.subjects
      .of(need.kind)
      .some((each) => this.#speaksOf(need, each) && membership(each, need.only) !== 'no');
  }

  #speaksOf({ kind }: Need, { id }: Subject): boolean {
    return this.#spoken.has(`${kind} ${id}`);
  }
}

/** Tells whether any of these datasets says what is needed. */
function askingOf(datasets: readonly Dataset[]): (need: Need) => boolean {
  const readings = datasets.map((dataset) => {
    const { kinds, absence } = declarationOf(dataset);
    const implied = absence.map(({ kind, means }) => [kind, Object.keys(means)] as const);
    return { kinds, absence: Object.fromEntries(implied) };
  });
  return (need) => readings.some((reading) => isAskedOf(reading, need));
}
