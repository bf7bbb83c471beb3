import { BackupVault, Principal, PrincipalPower, Reader } from '../../evidence-model/kinds.ts';
import { need, type Need } from '../control.ts';
import type { Evidence } from '../evaluate.ts';
import type { Citation } from '../../evidence-model/subject.ts';
import type { Holdings } from '../held-policies.ts';
import { told } from '../told.ts';
import { BeyondReading } from './beyond-reading.ts';
import { CopyDeletion } from './copies.ts';
import { DerivedSubject, HeldOnce } from './derived-subject.ts';
import { untold } from './facts.ts';
import { powerNeeds, powersIn } from './powers.ts';
import { wholeSource, type WholeSource } from './whole-source.ts';

/** What is looked at of an AWS source to say what its users and roles may come to. */
export const principalNeeds = {
  ...powerNeeds,
  vaults: need(BackupVault, ['cloudAccount']),
  readers: need(Reader, ['cloudAccount', 'name', 'type']),
};
type Related = {
  readonly [K in keyof typeof principalNeeds]: (typeof principalNeeds)[K] extends Need<infer V> ? V : never;
};

/** Evidence with what every user and role of AWS may come to, one row each. */
export function withPrincipals(evidence: Evidence): Evidence {
  const sources = evidence.sources.filter(({ collector }) => collector === 'aws');
  const rows = sources.flatMap(({ id }) => rowsIn(evidence, id));
  return {
    ...evidence,
    subjects: {
      of: (kind) => (kind === PrincipalPower.name ? rows : evidence.subjects.of(kind)),
      get contradictions() {
        return evidence.subjects.contradictions;
      },
    },
    readings: evidence.readings.map((reading) => {
      const listed = reading.kinds[Principal.name];
      const speech = { speaks: Object.keys(PrincipalPower.fields), lists: listed?.lists ?? false };
      return listed ? { ...reading, kinds: { ...reading.kinds, [PrincipalPower.name]: speech } } : reading;
    }),
  };
}

function rowsIn(evidence: Evidence, source: string): DerivedSubject[] {
  const whole = wholeSource<Related>(evidence, source, principalNeeds);
  const powers = powersIn(evidence, source, whole);
  const vaults = told(whole.related('vaults'), ['cloudAccount']).known;
  const deletion = new CopyDeletion(powers, new Set(vaults.map(({ cloudAccount }) => cloudAccount)));
  const readers = new Set(
    told(whole.related('readers'), identity).known.map((each) => keyOf((field) => each[field])),
  );
  // Of thousands of roles it is asked of those alone that Exhibit reads as.
  const beyond = readers.size === 0 ? null : new BeyondReading(powers);
  const held = new HeldOnce();
  return evidence.subjects
    .of(Principal.name)
    .filter((principal) => principal.source === source)
    .map((principal) => {
      const { privilege, by, citations } = powers.of(principal.id);
      const holdings = powers.holdingsOf(principal.id);
      const documents = 'untold' in holdings ? [] : documentsBehind(whole, holdings);
      const { deletes, by: deletesBy } = deletion.of(principal.id);
      const isReader = readers.has(keyOf((field) => principal.fields.get(field)?.value));
      const reads = isReader ? beyond?.of(principal.id) : undefined;
      return new DerivedSubject(
        PrincipalPower,
        {
          source,
          id: principal.id,
          from: [principal],
          besides: [...citations, ...documents],
        },
        {
          administrator: typeof privilege === 'string' ? privilege === 'administrator' : privilege,
          administratorBy: by,
          deletesCopies: deletes,
          deletesCopiesBy: deletesBy,
          changes: reads?.changes ?? notAsked,
          changesBy: reads?.by ?? notAsked,
        },
        held,
      );
    });
}

const identity = ['cloudAccount', 'name', 'type'] as const;
const notAsked = untold('nothing was read as it');

function keyOf(of: (field: (typeof identity)[number]) => unknown): string {
  return JSON.stringify(identity.map(of));
}

/** Where everything was read that somebody holds, and the groups that they hold it by. */
function documentsBehind(
  { subject }: WholeSource<Related>,
  { groups, policies, boundary }: Holdings,
): readonly Citation[] {
  return [
    ...groups.map((id) => subject('groups', id)),
    ...[...policies, ...(boundary ? [boundary] : [])].map(
      ({ id }) => subject('policies', id) ?? subject('vendorPolicies', id),
    ),
  ].flatMap((each) => each?.citations ?? []);
}
