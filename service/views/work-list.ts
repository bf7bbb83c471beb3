import { controls } from '../../controls/index.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { openBook } from '../../exports/period/index-file.ts';
import { workList as worksOf } from '../../exports/period/work-list.ts';
import { table } from '../output/table.ts';
import type { View } from './view.ts';

/** Every failure that stands, and those that were mended within the last thirty days, for whoever mends them. */
export const workList: View = async ({ configuration, archive, now }) => {
  const { history, book } = await openBook(configuration.paths.vault, archive, controls);
  const last = history.closed.at(-1);
  const asOf = book.nights.at(-1)?.at;
  if (!last || asOf === undefined) throw new OperatorError('nothing was collected yet: run exhibit collect');
  const works = worksOf(book, controls, await history.plan(last.open), now);
  const head = [
    'severity',
    'control',
    'source',
    'subject',
    'first seen',
    'days',
    'last seen',
    'fixed by',
    'owner',
    'due',
    '',
  ];
  return {
    value: { asOf, works },
    text: `as of ${asOf}\n\n${table(
      head,
      works.map((work) => [
        work.severity,
        work.control,
        work.source,
        work.name ?? work.id,
        work.firstSeen,
        work.ageDays,
        work.lastSeen,
        work.fixedBy,
        work.owner,
        work.due,
        work.overdue ? 'overdue' : work.acceptedSince === null ? '' : 'accepted',
      ]),
    )}`,
  };
};
