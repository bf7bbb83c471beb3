import { controls } from '../../controls/index.ts';
import { csv } from '../csv.ts';
import type { Exporter, Packet } from '../exporter.ts';

const textOf = (id: string) => controls.find((control) => control.id === id);

/** Results and every verdict with its evidence: once for programs, once for spreadsheets. */
export const results: Exporter = (packet) => {
  const { judgement } = packet;
  return [
    { path: 'data/results/results.json', text: `${JSON.stringify(shown(packet), null, 1)}\n` },
    {
      path: 'data/results/results.csv',
      text: csv(
        [
          'control',
          'assertion',
          'status',
          'severity',
          'total',
          'pass',
          'fail',
          'excepted',
          'no_data',
          'manual',
          'not_applicable',
          'because',
        ],
        judgement.results.map(({ control, status, severity, population: p, because }) => [
          control,
          textOf(control)?.assertion ?? '',
          status,
          severity,
          p.total,
          p.pass,
          p.fail,
          p.excepted,
          p.noData,
          p.manual,
          p.notApplicable,
          because.join(' | '),
        ]),
      ),
    },
    {
      path: 'data/results/verdicts.csv',
      text: csv(
        ['control', 'source', 'subject', 'name', 'status', 'reason', 'evidence'],
        judgement.results.flatMap(({ control, verdicts }) =>
          verdicts.map(({ source, subject, name, status, reason, evidence }) => [
            control,
            source,
            subject,
            name,
            status,
            reason,
            evidence.map(({ dataset, artifact, pointer }) => `${dataset} ${artifact}#${pointer}`).join(' | '),
          ]),
        ),
      ),
    },
  ];
};

/** The results as `exhibit show results --json` prints them, with what they were judged by. */
function shown({ id, profile, exporter, judgement }: Packet) {
  const { asOf, slot, rehearsal, planDigest, rules, subjects } = judgement;
  return {
    packet: id,
    profile,
    asOf,
    slot,
    rehearsal,
    plan: planDigest,
    rules,
    exporter,
    contradictions: subjects.contradictions,
    results: judgement.results,
  };
}
