import { controls } from '../controls/index.ts';
import { subserviceCatalogue } from '../controls/subservices.ts';
import type { Judgement } from './judge.ts';
import { namesIn } from './names.ts';

/** Rows under names of columns: what the company itself says, beside what the controls here found. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

type Judged = Pick<Judgement, 'plan' | 'results'>;

const outcomeColumns = ['test', 'test_status', 'pass', 'total'];

/** What a control here says; nothing is taken for tested that is not. */
function outcomeOf({ results }: Judged, control: string): readonly (string | number)[] {
  const result = results.find((each) => each.control === control);
  return result
    ? [control, result.status, result.population.pass, result.population.total]
    : [control, 'not judged', '', ''];
}

const untested = ['no automated evidence', '', '', ''];

/** The company's own controls under their own ids, with the tests that it linked to each. A control of its own is never passed. */
export function companyControls(judged: Judged): Table {
  const matrix = judged.plan.declared.companyControls?.controls ?? [];
  return {
    columns: ['control', 'wording', 'owner', 'frequency', 'criteria', ...outcomeColumns],
    rows: matrix.flatMap(({ id, wording, owner, frequency, criteria, controls: tests }) => {
      const head = [id, wording, owner, frequency, criteria.join('; ')];
      return tests.length === 0
        ? [[...head, ...untested]]
        : tests.map((test) => [...head, ...outcomeOf(judged, test)]);
    }),
  };
}

/** Every value that the policy sets: what is required and by which clause, and what was found. */
export function policyValues(judged: Judged): Table {
  const { controls: values, clauses = {} } = judged.plan.policy;
  return {
    columns: [
      'control',
      'parameter',
      'required',
      'default',
      'clause',
      'approver',
      'approved_on',
      'test_status',
      'actual',
    ],
    rows: Object.entries(values).flatMap(([id, parameters]) => {
      const control = controls.find((each) => each.id === id);
      const defaults: Readonly<Record<string, unknown>> = control ? control.parameters.parse({}) : {};
      const result = judged.results.find((each) => each.control === id);
      return Object.entries(parameters).map(([parameter, value]) => {
        const clause = clauses[id]?.[parameter];
        return [
          id,
          parameter,
          JSON.stringify(value),
          parameter in defaults ? JSON.stringify(defaults[parameter]) : '',
          clause?.clause ?? 'no clause is named',
          clause?.approver ?? '',
          clause?.approvedOn ?? '',
          result?.status ?? 'not judged',
          result ? actualOf(result) : '',
        ];
      });
    }),
  };
}

function actualOf({ population: { pass, fail, total }, verdicts }: Judgement['results'][number]): string {
  const first = verdicts.find(({ status }) => status === 'fail');
  const counts = `${pass} of ${total} pass, ${fail} fail`;
  return first ? `${counts}; ${first.name ?? first.subject} for one: ${first.reason}` : counts;
}

/** Risks to the business with the tests behind each, what is to be decided, and apart from that what somebody thinks. */
export function risks(judged: Judged): Table {
  return {
    columns: [
      ...['risk', 'title', 'effect', 'owner', 'decision', 'decision_by', 'decision_on', 'decision_reason'],
      ...outcomeColumns,
      ...['opinion_not_evidence', 'opinion_by', 'opinion_on'],
    ],
    rows: judged.plan.declared.risks.flatMap(
      ({ id, title, effect, owner, controls: tests, decision, opinion }) => {
        const decided =
          decision.state === 'wanted'
            ? [`wanted: ${decision.what}`, owner, decision.by, '']
            : [decision.what, decision.decidedBy, decision.decidedOn, decision.reason];
        const said = [opinion?.text ?? '', opinion?.by ?? '', opinion?.on ?? ''];
        return tests.map((test) => [
          id,
          title,
          effect,
          owner,
          ...decided,
          ...outcomeOf(judged, test),
          ...said,
        ]);
      },
    ),
  };
}

/** Failures that somebody accepted, until when, and what protects instead. */
export function exceptions(judgement: Pick<Judgement, 'plan' | 'results' | 'subjects'>): Table {
  const { plan, results } = judgement;
  const names = namesIn(judgement);
  // What an id that several things have means, nobody says.
  const nameOf = ({ control, source }: (typeof plan.exceptions)[number], subject: string) => {
    const verdicts = results.find((each) => each.control === control)?.verdicts ?? [];
    const [one, ...others] = verdicts.filter(
      (each) => each.subject === subject && (source === undefined || each.source === source),
    );
    return one && others.length === 0 ? (names(control, one) ?? '') : '';
  };
  return {
    columns: [
      ...['exception', 'test', 'source', 'items', 'names', 'reason', 'owner', 'approver', 'from', 'to'],
      ...['review', 'safeguard', 'safeguard_test'],
    ],
    rows: plan.exceptions.map((each) => [
      ...[each.id, each.control, each.source ?? '', each.subjects.join(' | ')],
      each.subjects.map((subject) => nameOf(each, subject)).join(' | '),
      ...[each.reason, each.owner, each.approver, each.start, each.end, each.review ?? ''],
      ...[each.safeguard.text, each.safeguard.control ?? ''],
    ]),
  };
}

/** Who left, by the list that was handed over: without rows where none was. */
export function leavers({ plan }: Judged): Table {
  const list = plan.register.leavers;
  const from = list ? [list.exportedBy, list.exportedOn, list.system, list.filter] : [];
  const named = list?.people.map(({ account, leftOn }) => [account, leftOn, ...from]) ?? [];
  return {
    columns: ['account', 'left_on', 'exported_by', 'exported_on', 'system', 'filter'],
    rows: list && named.length === 0 ? [['the list names nobody', '', ...from]] : named,
  };
}

/** The systems that the company declared, and whether anything of each was read. */
export function declaredSystems({ plan }: Judged): Table {
  return {
    columns: ['id', 'system', 'state', 'declared_by', 'declared_on'],
    rows: plan.systems.map((each) => [each.id, each.name, each.state, each.declaredBy, each.declaredOn]),
  };
}

/** Which company owns which source, since when. */
export function legalEntities({ plan }: Judged): Table {
  const owned = plan.declared.entities.flatMap(({ name, sources, declaredBy, declaredOn }) =>
    sources.map(({ source, since }) => [name, source, since, declaredBy, declaredOn]),
  );
  const named = new Set(plan.declared.entities.flatMap(({ sources }) => sources.map(({ source }) => source)));
  const others = plan.sources
    .filter(({ id }) => !named.has(id))
    .map(({ id }) => ['nobody said whose', id, '', '', '']);
  return {
    columns: ['entity', 'source', 'since', 'declared_by', 'declared_on'],
    rows: [...owned, ...others],
  };
}

/** Of an organisation that only the company itself names. */
const unwritten = { about: 'what it leaves to the company is not written down here', controls: [] };

/** What the organisations that the company builds on leave to it, and the tests of that; our own words, not theirs. */
export function userControls(judged: Judged): Table {
  const connected = new Set(judged.plan.sources.map(({ collector }) => collector));
  const reports = judged.plan.declared.subservices;
  const known = subserviceCatalogue.filter(({ collector }) => connected.has(collector));
  const others = reports
    .filter(({ id }) => known.every((each) => each.id !== id))
    .map(
      ({ id, name }) =>
        subserviceCatalogue.find((each) => each.id === id) ?? { id, name, userControls: [unwritten] },
    );
  return {
    columns: [
      'organisation',
      'report',
      'report_from',
      'report_to',
      'reviewer',
      'reviewed_on',
      'letter_until',
      'left_to_the_company',
      ...outcomeColumns,
    ],
    rows: [...known, ...others].flatMap(({ id, name, userControls: left }) => {
      const report = reports.find((each) => each.id === id)?.report;
      const about = [
        name,
        report?.title ?? 'none on record',
        report?.from ?? '',
        report?.to ?? '',
        report?.reviewer ?? '',
        report?.reviewedOn ?? '',
        report?.bridgeLetter?.until ?? '',
      ];
      return left.flatMap(({ about: what, controls: tests }) =>
        tests.length === 0
          ? [[...about, what, ...untested]]
          : tests.map((test) => [...about, what, ...outcomeOf(judged, test)]),
      );
    }),
  };
}

/** What only people could say, in their own values. */
export function statements({ plan }: Judged): Table {
  return {
    columns: [
      'statement',
      'topic',
      'source',
      'stated',
      'by',
      'role',
      'stated_on',
      'valid_until',
      'file',
      'file_digest',
    ],
    rows: plan.declared.attestations.map((each) => [
      each.id,
      each.topic,
      'source' in each ? each.source : '',
      JSON.stringify(each.stated),
      each.by,
      each.role,
      each.statedOn,
      each.validUntil,
      each.file?.name ?? '',
      each.file?.digest ?? '',
    ]),
  };
}
