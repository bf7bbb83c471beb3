import type { Speech } from '../../evidence-model/snapshot.ts';
import { compare, type Subject, type Subjects } from '../../evidence-model/subject.ts';
import { needsOf, type Control } from '../control.ts';
import type { Evidence } from '../evaluate.ts';
import type { Reading } from '../readings.ts';
import { attestations } from './attestations.ts';
import { Called } from './called.ts';
import { changesToApprove } from './changes-to-approve.ts';
import { connectedSources } from './connected-sources.ts';
import { planDataset, type Derivation, type Said, type Stated, type Statements } from './derivation.ts';
import { declaredServices } from './declared-services.ts';
import { declaredExceptions } from './exceptions.ts';
import { foundSystems } from './found-systems.ts';
import { reviewCampaigns, revocations } from './reviews.ts';
import { serviceReports } from './service-reports.ts';

/** Every kind that follows from what people said. To add one, add its file and a line here. */
const derivations: readonly Derivation[] = [
  attestations,
  changesToApprove,
  connectedSources,
  declaredExceptions,
  declaredServices,
  foundSystems,
  reviewCampaigns,
  revocations,
  serviceReports,
];

/** Kinds that must be read so that what these kinds hold can be said. */
export function readFor(kinds: ReadonlySet<string>): readonly string[] {
  return derivations.filter(({ kind }) => kinds.has(kind.name)).flatMap(({ from }) => from);
}

/** Whether what a control says follows from what people said, beside what was read. */
export function restsOnWords(control: Pick<Control, 'parts'>): boolean {
  return needsOf(control).some(({ kind }) => derivations.some((each) => each.kind.name === kind));
}

/** Evidence with what people said in it, as things of kinds like any other: the plan is a reading at each source. */
export function withDeclared(evidence: Evidence, statements: Statements): Evidence {
  const held = new Map<string, readonly Subject[]>();
  let called: Called | null = null;
  const said: Said = {
    ...statements,
    called: () => (called ??= new Called(evidence, statements.plan.register)),
  };
  const subjectsOf = (derivation: Derivation) => {
    const { kind, things } = derivation;
    const before = held.get(kind.name);
    if (before) return before;
    const found = things(evidence, said)
      .map((thing) => subjectOf(kind.name, thing, statements))
      .sort((a, b) => compare(a.source, b.source) || compare(a.id, b.id));
    held.set(kind.name, found);
    return found;
  };
  const subjects: Subjects = {
    of: (kind) => {
      const derivation = derivations.find((each) => each.kind.name === kind);
      return derivation ? subjectsOf(derivation) : evidence.subjects.of(kind);
    },
    get contradictions() {
      return evidence.subjects.contradictions;
    },
  };
  const plans = evidence.sources.map(({ id, collector }): Reading => ({
    source: id,
    collector,
    dataset: planDataset,
    kinds: {},
    absence: {},
    partitions: [],
    reasons: [],
    complete: true,
  }));
  return { ...evidence, subjects, readings: [...evidence.readings, ...plans].map(speaking) };
}

/** Whoever lists what something follows from lists that; no field of it is told by a dataset. */
function speaking(reading: Reading): Reading {
  const speech = derivations.flatMap(({ kind, listedBy }): [string, Speech][] => {
    const lists = listedBy(reading);
    return lists === false ? [] : [[kind.name, { speaks: [], lists }]];
  });
  return speech.length === 0
    ? reading
    : { ...reading, kinds: { ...reading.kinds, ...Object.fromEntries(speech) } };
}

function subjectOf(
  kind: string,
  { source, id, fields, of = [], said = [] }: Stated,
  { cite }: Statements,
): Subject {
  const citations = [...of.flatMap((each) => each.citations), ...said.map(cite)];
  return {
    source,
    kind,
    id,
    partitions: new Set(of.flatMap(({ partitions }) => [...partitions])),
    fields: new Map(Object.entries(fields).map(([field, value]) => [field, { value, citations }])),
    citations,
  };
}
