import type { Answer } from '../controls/answers/answer.ts';
import { notDue } from '../controls/answers/not-due.ts';
import { answersTo } from '../controls/answers/answers.ts';
import { systemsStated } from '../controls/answers/stated.ts';
import { controls } from '../controls/index.ts';
import { questionnaires, type Questionnaire } from '../controls/questionnaire.ts';
import { own } from './coverage.ts';
import type { Judgement } from './judge.ts';
import { isRead, systemName } from './systems.ts';

/** Every question with its drafted answer, by what was judged. `now` is the reader's; without it answers speak as of the evidence. */
export function answersOf(
  judgement: Judgement,
  now = judgement.asOf,
  asked: readonly Questionnaire[] = questionnaires,
): Answer[] {
  const { asOf, results, plan, datasets } = judgement;
  const read = new Set(datasets.filter(isRead).map(({ source }) => source));
  return answersTo(asked, {
    asOf,
    now,
    results,
    controls,
    sources: [
      ...plan.sources.map(({ id, collector }) => ({
        id,
        collector,
        system: systemName(collector),
        read: read.has(id),
      })),
      { ...own, system: systemName(own.collector), read: true },
    ],
    readings: plan.sources.flatMap(({ id, collector, datasets: due }) =>
      due.map((dataset) => {
        const judged = datasets.find((each) => each.source === id && each.dataset === dataset.id);
        const { snapshot = null, reasons = [] } = judged ?? {};
        return {
          collector,
          lists: Object.entries(snapshot?.header.kinds ?? dataset.kinds).flatMap(([kind, { lists }]) =>
            lists === false ? [] : [kind],
          ),
          complete: snapshot?.end.outcome === 'complete' && reasons.length === 0,
        };
      }),
    ),
    notDue: (kinds) => notDue(kinds, plan.sources),
    systems: [...plan.systems, ...systemsStated(plan, asOf)],
    systemName,
    policy: plan.policy.controls,
    exceptions: plan.exceptions,
    stored: plan.answers,
  });
}
