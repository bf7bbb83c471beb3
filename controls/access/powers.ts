import {
  AuditTrail,
  Membership,
  Principal,
  Role,
  RoleAssignment,
  RoleTrust,
} from '../../evidence-model/kinds.ts';
import type { Citation } from '../../evidence-model/subject.ts';
import { isUnknown } from '../../evidence-model/unknown.ts';
import { need, type Need, type View } from '../control.ts';
import type { Evidence } from '../evaluate.ts';
import { privilegeOf } from '../effective-privilege.ts';
import { documentsOf, holdingsOf, policyNeeds, type Holdings } from '../held-policies.ts';
import { openIn } from '../readings.ts';
import { told } from '../told.ts';
import { fieldOf, untold, type Standing } from './facts.ts';
import { RolesToTakeOn, takesOnSome, type Ends, type Taken } from './taking-on.ts';
import type { WholeSource } from './whole-source.ts';

/** What is looked at of one source to say what its users and roles may do. */
export const powerNeeds = {
  principals: need(Principal, ['cloudAccount', 'name', 'policies', 'groups', 'boundary'], 'id'),
  roles: need(Principal, ['cloudAccount', 'name', 'type']),
  ...policyNeeds,
  trusts: need(RoleTrust, ['document']),
  memberships: need(Membership, ['group', 'account'], 'account'),
  assignments: need(RoleAssignment, ['account', 'role', 'scope'], 'account'),
  sets: need(Role, ['name'], 'id'),
  trails: need(AuditTrail, ['owner'], undefined, { multiRegion: [true] }),
};
type Related = {
  readonly [K in keyof typeof powerNeeds]: (typeof powerNeeds)[K] extends Need<infer V> ? V : never;
};
type Whole = WholeSource<Related>;

export const lost = (why: string): Standing => ({
  privilege: untold(why),
  by: why,
  duties: [],
  openDuties: why,
  citations: [],
});

/** What somebody holds, and what that alone makes of them. */
interface Held {
  readonly standing: Standing;
  readonly holdings: Holdings | null;
}

const administrator = 'administrator';

function endsOf({ privilege }: Standing): Ends {
  if (isUnknown(privilege)) return new Map([[administrator, privilege.unknown]]);
  return new Map(privilege === administrator ? [[administrator, null]] : []);
}

/** What the users and roles of one source may do. */
export function powersIn({ readings }: Pick<Evidence, 'readings'>, source: string, whole: Whole): Powers {
  const details = readings.filter(
    (reading) => reading.source === source && reading.kinds[RoleTrust.name] !== undefined,
  );
  const read = new Set(details.flatMap(({ partitions }) => partitions.map(({ id }) => id)));
  return new Powers(
    whole,
    (account) => openIn(details, { has: (key) => key === account, *[Symbol.iterator]() {} }).at(0) ?? null,
    read,
  );
}

/** What the users of one source may do. What was found of somebody is found once. */
export class Powers {
  readonly #whole: Whole;
  /** Why there may be roles of an account that were not read. */
  readonly #openIn: (cloudAccount: string) => string | null;
  /** The accounts that were asked who is in them. */
  readonly accounts: ReadonlySet<string>;
  readonly #held = new Map<string, Held>();
  readonly #found = new Map<string, Standing>();
  /** Found when somebody is first looked at. */
  #toTakeOn: RolesToTakeOn | null = null;
  /** Roles by the account and the permission set that they stand for. */
  readonly #reserved = new Map<string, string[]>();
  readonly #ids = new Map<string, string>();
  readonly #trails: ReadonlySet<string>;
  /** Why there may be more trails than are known. */
  readonly openTrails: string | null;
  readonly #openAssignments: string | null;

  constructor(whole: Whole, openIn: (cloudAccount: string) => string | null, accounts: ReadonlySet<string>) {
    this.#whole = whole;
    this.#openIn = openIn;
    this.accounts = accounts;
    for (const { cloudAccount, name, type } of told(whole.related('roles'), ['cloudAccount', 'name', 'type'])
      .known) {
      // https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
      const set = type === 'role' ? /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(name)?.[1] : undefined;
      if (set === undefined) continue;
      const key = JSON.stringify([cloudAccount, set]);
      this.#reserved.set(key, [...(this.#reserved.get(key) ?? []), name]);
    }
    for (const view of whole.related('roles'))
      this.#ids.set(JSON.stringify([fieldOf(view, 'cloudAccount'), fieldOf(view, 'name')]), view.id);
    const trails = told(whole.related('trails'), ['owner']);
    this.#trails = new Set(trails.known.map(({ owner }) => owner));
    this.openTrails = whole.open('trails') ?? trails.untold?.reason ?? null;
    this.#openAssignments =
      whole.open('assignments') ?? whole.open('memberships') ?? whole.open('sets') ?? null;
  }

  /** Whoever administers the account that a trail is of can stop it. */
  trailDuty(cloudAccount: string): readonly string[] {
    return this.#trails.has(cloudAccount) ? ['audit-trail-administrator'] : [];
  }

  of(arn: string): Standing {
    const before = this.#found.get(arn);
    if (before) return before;
    const found = this.#withRoles(arn);
    this.#found.set(arn, found);
    return found;
  }

  /** Whether something that it holds, or takes on to be an administrator, depends on a second factor, or may. */
  asksForMfa(arn: string): boolean {
    const { standing, holdings } = this.#look(arn);
    const documents = holdings && documentsOf(holdings);
    if (documents === null || documents.some((document) => document.asksForMfa)) return true;
    const taken = standing.privilege === 'administrator' ? [] : this.#takenBy(arn);
    return (
      taken.length > 0 &&
      taken.every(({ conditions }) => conditions.some((key) => /multifactorauth/i.test(key)))
    );
  }

  /** What somebody holds; or why that is not known. */
  holdingsOf(arn: string): Holdings | { readonly untold: string } {
    const { standing, holdings } = this.#look(arn);
    return holdings ?? { untold: standing.by };
  }

  /** Of every role that was read, whom it lets in. */
  trusts(): readonly View<Related['trusts']>[] {
    return this.#whole.related('trusts');
  }

  /**
   * Why somebody may be let in by more roles than are known: a role of its own account may name it, one of another lets
   * it in only where what it holds lets it take on some.
   */
  openRoles(arn: string, holdings: Holdings | null): string | null {
    return (
      (takesOnSome(holdings) ? this.#whole.open('trusts') : null) ?? this.#openIn(arn.split(':')[4] ?? '')
    );
  }

  #takenBy(arn: string): readonly Taken[] {
    this.#toTakeOn ??= new RolesToTakeOn(this.trusts(), (each) => {
      const { standing, holdings } = this.#look(each);
      return { ends: endsOf(standing), holdings };
    });
    return this.#toTakeOn.takenBy(arn, administrator);
  }

  /** Whoever may take on the role of an administrator is one. */
  #withRoles(arn: string): Standing {
    const { standing, holdings } = this.#look(arn);
    if (standing.privilege === 'administrator' || isUnknown(standing.privilege)) return standing;
    const taken = this.#takenBy(arn);
    const sure = taken.filter(({ doubt }) => doubt === null);
    const [first] = sure.toSorted((a, b) => a.conditions.length - b.conditions.length);
    if (first) {
      const under =
        first.conditions.length === 0 ? '' : ` (under conditions on ${first.conditions.join(', ')})`;
      const more = sure.length > 1 ? ` and ${sure.length - 1} more such roles` : '';
      const accounts = new Set(sure.map((role) => role.arn.split(':')[4] ?? ''));
      return {
        ...standing,
        privilege: 'administrator',
        by: `may take on ${first.arn}${under}${more}`,
        duties: ['aws-administrator', ...new Set([...accounts].flatMap((each) => this.trailDuty(each)))],
        openDuties: this.openTrails ?? taken.find(({ doubt }) => doubt !== null)?.doubt ?? null,
        citations: [
          ...standing.citations,
          ...sure.flatMap((role) => this.#whole.subject('trusts', role.arn)?.citations ?? []),
        ],
      };
    }
    const [may] = taken;
    if (may?.doubt) return { ...lost(`may take on ${may.arn}: ${may.doubt}`), citations: standing.citations };
    const open = this.openRoles(arn, holdings);
    return open === null ? standing : { ...lost(open), citations: standing.citations };
  }

  #look(arn: string): Held {
    const before = this.#held.get(arn);
    if (before) return before;
    const found = this.#judge(arn);
    this.#held.set(arn, found);
    return found;
  }

  #judge(arn: string): Held {
    const [view] = this.#whole.related('principals', arn);
    if (!view)
      return {
        standing: lost(this.#whole.open('principals') ?? 'what it holds was not in the answer'),
        holdings: null,
      };
    const citations = this.#whole.subject('principals', arn)?.citations ?? [];
    const { known, untold: silent } = told([view], ['cloudAccount', 'policies', 'groups', 'boundary']);
    const [holder] = known;
    if (!holder) return { standing: lost(silent?.reason ?? ''), holdings: null };
    const held = holdingsOf(holder, this.#whole.related);
    if ('untold' in held) return { standing: lost(held.untold), holdings: null };
    const privilege = privilegeOf({ arn, ...held });
    if (privilege.outcome === 'unknown') return { standing: lost(privilege.why), holdings: held };
    if (privilege.outcome === 'administrator')
      return {
        standing: {
          privilege: 'administrator',
          by: privilege.why,
          duties: ['aws-administrator', ...this.trailDuty(holder.cloudAccount)],
          openDuties: this.openTrails,
          citations,
        },
        holdings: held,
      };
    const documents = documentsOf(held);
    const reads = documents?.every(({ onlyReads }) => onlyReads);
    return {
      standing: {
        privilege: reads === undefined ? untold('what it holds is not known') : reads ? 'ordinary' : 'writer',
        by:
          held.policies.length === 0
            ? 'holds no policy'
            : `holds ${held.policies
                .slice(0, 2)
                .map(({ name }) => name)
                .join(', ')}${held.policies.length > 2 ? ` and ${held.policies.length - 2} more` : ''}`,
        duties: [],
        openDuties: null,
        citations,
      },
      holdings: held,
    };
  }

  /** What the permission sets make of somebody that are given to them, or to groups that they are in. */
  ofDirectoryUser(id: string): Standing {
    const lacking: string[] = this.#openAssignments === null ? [] : [this.#openAssignments];
    const groups = told(this.#whole.related('memberships', id), ['group']);
    if (groups.untold) lacking.push(groups.untold.reason);
    const holders = [id, ...groups.known.map(({ group }) => group)];
    const found: { readonly standing: Standing; readonly words: string }[] = [];
    const citations: Citation[] = [];
    for (const holder of holders)
      for (const view of this.#whole.related('assignments', holder)) {
        citations.push(...(this.#whole.subject('assignments', view.id)?.citations ?? []));
        const { known, untold: lost } = told([view], ['role', 'scope']);
        const [assignment] = known;
        if (!assignment) lacking.push(lost?.reason ?? '');
        else {
          const role = this.#roleOf(assignment.role, assignment.scope);
          if ('why' in role) lacking.push(role.why);
          else found.push({ standing: this.of(role.arn), words: `${role.set} in ${assignment.scope}` });
        }
      }
    for (const privilege of ['administrator', 'writer'] as const) {
      const these = found.filter(({ standing }) => standing.privilege === privilege);
      if (privilege === 'writer') {
        for (const { standing } of found)
          if (isUnknown(standing.privilege)) lacking.push(standing.privilege.unknown);
        const [why] = lacking;
        if (why !== undefined) return { ...lost(why), citations };
      }
      if (these.length === 0) continue;
      const open = [...lacking, ...found.flatMap(({ standing }) => standing.openDuties ?? [])];
      const words = [...new Set(these.map((each) => each.words))];
      const more = words.length > 2 ? ` and ${words.length - 2} more` : '';
      return {
        privilege,
        by: `is given ${words.slice(0, 2).join(', ')}${more}`,
        duties: [...new Set(these.flatMap(({ standing }) => standing.duties))],
        openDuties: open[0] ?? null,
        citations,
      };
    }
    return {
      privilege: 'ordinary',
      by: 'is given nothing that changes anything',
      duties: [],
      openDuties: null,
      citations,
    };
  }

  /** The role that a permission set is in an account. */
  #roleOf(
    set: string,
    cloudAccount: string,
  ): { readonly arn: string; readonly set: string } | { readonly why: string } {
    const [view] = this.#whole.related('sets', set);
    const name = view ? fieldOf(view, 'name') : untold(`the permission set ${set} was not read`);
    if (isUnknown(name)) return { why: name.unknown };
    const names = this.#reserved.get(JSON.stringify([cloudAccount, name])) ?? [];
    const [only, ...others] = names;
    if (only === undefined || others.length > 0)
      return {
        why: `the role that the permission set ${name} is in account ${cloudAccount} was not ${only === undefined ? 'in the answer' : 'told from another'}`,
      };
    const arn = this.#ids.get(JSON.stringify([cloudAccount, only]));
    return arn === undefined ? { why: `the role ${only} was not in the answer` } : { arn, set: name };
  }
}
