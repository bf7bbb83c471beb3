import { AccountAccess } from '../../evidence-model/kinds.ts';
import type { Subject } from '../../evidence-model/subject.ts';
import type { Judgement } from '../judge.ts';
import { listedBy, notDue } from '../../controls/answers/not-due.ts';
import { systemName } from '../systems.ts';
import { suppressed, type Cell, type Shown, type Sum } from './suppress.ts';

/** What of an account can be told to somebody who must not see whose it is. */
const classes = [
  { title: 'administrators', open: true },
  { title: 'not known whether administrators', open: true },
  // Tests count them for themselves, so that nothing would be kept back.
  { title: 'guests and outside collaborators', open: true },
  { title: 'services', open: false },
  { title: 'other people', open: false },
] as const;
type Class = (typeof classes)[number]['title'];

/** Accounts of one class in one kind of system, and of how many a second factor is required. */
export interface Coverage {
  readonly system: string;
  readonly class: string;
  readonly accounts: Shown;
  readonly required: Shown;
  readonly notRequired: Shown;
  readonly untold: Shown;
}

const whole = 'all accounts';

/** Whether every list of accounts of a kind of system was wholly read: where not, there may be more than are counted. */
export interface AccountLists {
  readonly system: string;
  readonly due: number;
  readonly whole: number;
  /** Lists that the consent leaves out. */
  readonly notDue: number;
}

export function accountListsOf({ plan, datasets }: Judgement): readonly AccountLists[] {
  return [...new Set(plan.sources.map(({ collector }) => collector))].sort().map((collector) => {
    const sources = plan.sources.filter((each) => each.collector === collector);
    const due = sources.flatMap(({ id, datasets: all }) =>
      all.filter((each) => listedBy['account']?.includes(each.id)).map((each) => [id, each.id] as const),
    );
    const isWhole = ([source, dataset]: readonly [string, string]) =>
      datasets.some(
        (each) =>
          each.source === source &&
          each.dataset === dataset &&
          each.snapshot?.end.outcome === 'complete' &&
          each.reasons.length === 0,
      );
    return {
      ...{ system: systemName(collector), due: due.length, whole: due.filter(isWhole).length },
      notDue: notDue(['account'], sources).length,
    };
  });
}

export const isTold = ({ due, whole: read, notDue: left }: AccountLists) => due === read && left === 0;

/**
 * Every account that somebody may be able to sign in with, by class and system. Where a class could not be kept back
 * because the others tell it, a system is told as a whole and by administrators alone.
 */
export function coverageOf(judgement: Judgement): readonly Coverage[] {
  return systemsOf(judgement).flatMap(({ system, accounts }) => {
    const rows = [
      { title: whole, open: true, of: accounts },
      ...classes
        .map(({ title, open }) => ({ title, open, of: accounts.filter((each) => classOf(each) === title) }))
        .filter(({ of }) => of.length > 0),
    ].map((row) => ({ ...row, counts: countsOf(row.of) }));
    const width = 4;
    const cells = rows.flatMap(({ open, counts }) =>
      counts.map((count, n): Cell => ({ count, open: open || n >= 2 })),
    );
    const at = (row: number, column: number) => row * width + column;
    const sums: Sum[] = [
      ...rows.map((_, row) => ({ of: at(row, 0), parts: [1, 2, 3].map((column) => at(row, column)) })),
      ...[0, 1, 2, 3].map((column) => ({
        of: at(0, column),
        parts: rows.slice(1).map((_, row) => at(row + 1, column)),
      })),
    ];
    const shown = suppressed(cells, sums);
    return rows.flatMap(({ title, open, counts }, row): Coverage[] => {
      if (shown === null && !open) return [];
      const [accountsOf = 0, required = 0, notRequired = 0, untold = 0] =
        shown?.slice(at(row, 0), at(row, width)) ?? counts;
      return [{ system, class: title, accounts: accountsOf, required, notRequired, untold }];
    });
  });
}

/** Accounts of administrators of one sort in one kind of system. Of these nothing is ever kept back. */
export interface Administrators {
  readonly system: string;
  readonly sort: string;
  readonly accounts: number;
  readonly required: number;
  readonly observed: number;
  readonly resistsPhishing: number;
  /** Of whom it is not known whether a second factor is required. */
  readonly untold: number;
}

const sorts: readonly (readonly [sort: string, is: (account: Subject) => boolean])[] = [
  ['the root user of an account', (account) => is(account, 'ofThePlace')],
  ['guests and outside collaborators', (account) => is(account, 'guest')],
  ['services', (account) => account.fields.get('holderType')?.value === 'service'],
  ['people', (account) => account.fields.get('holderType')?.value === 'person'],
  ['nobody knows whose', () => true],
];

export function administratorsOf(judgement: Judgement): readonly Administrators[] {
  return systemsOf(judgement).flatMap(({ system, accounts }) => {
    const all = accounts.filter((each) => classOf(each) === 'administrators');
    return sorts.flatMap(([sort]): Administrators[] => {
      const of = all.filter((account) => sorts.find(([, isOne]) => isOne(account))?.[0] === sort);
      const count = (field: string) => of.filter((account) => is(account, field)).length;
      return of.length === 0
        ? []
        : [
            {
              ...{ system, sort, accounts: of.length, required: count('mfaRequired') },
              ...{ observed: count('mfaObserved'), resistsPhishing: count('phishingResistant') },
              untold: countsOf(of)[3],
            },
          ];
    });
  });
}

function systemsOf({ plan, subjects }: Judgement): { system: string; accounts: readonly Subject[] }[] {
  const all = subjects
    .of(AccountAccess.name)
    .filter((account) => account.fields.get('enabled')?.value !== false);
  return [...new Set(plan.sources.map(({ collector }) => collector))].sort().flatMap((collector) => {
    const own = new Set(plan.sources.flatMap((each) => (each.collector === collector ? [each.id] : [])));
    const accounts = all.filter(({ source }) => own.has(source));
    return accounts.length === 0 ? [] : [{ system: systemName(collector), accounts }];
  });
}

function classOf(account: Subject): Class {
  const privilege = account.fields.get('privilege')?.value;
  if (privilege === 'administrator') return 'administrators';
  if (privilege !== 'writer' && privilege !== 'ordinary') return 'not known whether administrators';
  if (is(account, 'guest')) return 'guests and outside collaborators';
  return account.fields.get('holderType')?.value === 'service' ? 'services' : 'other people';
}

const is = (account: Subject, field: string) => account.fields.get(field)?.value === true;

/** How many there are; of how many a second factor is required, is not, and of how many that is not known. */
function countsOf(accounts: readonly Subject[]): [number, number, number, number] {
  const told = (value: boolean) =>
    accounts.filter((account) => account.fields.get('mfaRequired')?.value === value).length;
  return [accounts.length, told(true), told(false), accounts.length - told(true) - told(false)];
}
