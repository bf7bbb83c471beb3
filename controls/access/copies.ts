import { isUnknown } from '../../evidence-model/unknown.ts';
import { privilegeOf, type Held } from '../effective-privilege.ts';
import type { Holdings } from '../held-policies.ts';
import { factorAskedAt, maySomewhere, withoutFactor } from '../second-factor-conditions.ts';
import { untold, type Told } from './facts.ts';
import { kept } from './kept.ts';
import { RolesToTakeOn, type Ends } from './taking-on.ts';
import type { Powers } from './powers.ts';

/** To delete a copy, and to say that its time is over. */
const deletions = ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'];

/** By what somebody may do it, in words; or that they may not. */
type By = Told<string | false>;

export interface Deletion {
  readonly deletes: Told<'no' | 'with-second-factor' | 'without'>;
  readonly by: string;
}

/** Who may delete copies of which account before their time, and whether each way there asks for a second factor. */
export class CopyDeletion {
  readonly #powers: Powers;
  readonly #withCopies: ReadonlySet<string>;
  readonly #any: Ways;
  readonly #free: Ways;

  /** Nobody is looked at for copies of other accounts than these. */
  constructor(powers: Powers, withCopies: ReadonlySet<string>) {
    this.#powers = powers;
    this.#withCopies = withCopies;
    this.#any = this.#ways(
      (holdings) => holdings,
      () => true,
    );
    // Whoever takes on a role by showing one cannot show it again as that role, so that such ways are not free ones.
    this.#free = this.#ways(unshown, (admission) => !factorAskedAt(admission));
  }

  of(arn: string): Deletion {
    if (!this.#withCopies.has(accountOf(arn)))
      return { deletes: untold('no vault of its account was read'), by: 'no vault of its account was read' };
    const any = this.#by(arn, this.#any);
    if (isUnknown(any)) return { deletes: any, by: any.unknown };
    if (any === false) return { deletes: 'no', by: 'it may not delete copies' };
    const free = this.#by(arn, this.#free);
    if (isUnknown(free)) return { deletes: free, by: free.unknown };
    return free === false
      ? { deletes: 'with-second-factor', by: `${any}, with a second factor alone` }
      : { deletes: 'without', by: free };
  }

  #ways(
    shown: (holdings: Holdings) => Holdings,
    counts: ConstructorParameters<typeof RolesToTakeOn>[2],
  ): Ways {
    const holdings = kept((arn): Holdings | { readonly untold: string } => {
      const held = this.#powers.holdingsOf(arn);
      return 'untold' in held ? held : shown(held);
    });
    const own = kept((arn): By => {
      const held = holdings(arn);
      return 'untold' in held ? untold(held.untold) : ownDeletion(arn, held);
    });
    const ends = (arn: string): Ends => {
      const account = accountOf(arn);
      const by = this.#withCopies.has(account) ? own(arn) : false;
      return new Map(by === false ? [] : [[account, isUnknown(by) ? by.unknown : null]]);
    };
    const lookAt = kept((arn) => {
      const held = holdings(arn);
      return { ends: ends(arn), holdings: 'untold' in held ? null : held };
    });
    return { own, lookAt, roles: new RolesToTakeOn(this.#powers.trusts(), lookAt, counts) };
  }

  #by(arn: string, { own, lookAt, roles }: Ways): By {
    const itself = own(arn);
    if (itself !== false) return itself;
    const [first] = roles.takenBy(arn, accountOf(arn));
    if (first?.doubt === null) return `it may take on ${first.arn}, which may delete copies or lead to that`;
    if (first) return untold(`it may take on ${first.arn}: ${first.doubt}`);
    const open = this.#powers.openRoles(arn, lookAt(arn).holdings);
    return open === null ? false : untold(open);
  }
}

interface Ways {
  readonly own: (arn: string) => By;
  readonly lookAt: (arn: string) => ReturnType<ConstructorParameters<typeof RolesToTakeOn>[1]>;
  readonly roles: RolesToTakeOn;
}

/** Of each document what is left: hundreds hold the same one. */
const left = new WeakMap<object, unknown>();

function unshownOf(document: unknown): unknown {
  if (typeof document !== 'object' || document === null) return document;
  const before = left.get(document);
  if (before !== undefined) return before;
  const now = withoutFactor(document);
  left.set(document, now);
  return now;
}

/** What somebody holds who has shown no second factor. */
function unshown(holdings: Holdings): Holdings {
  const without = (held: Held): Held => ({
    ...held,
    document: 'known' in held.document ? { known: unshownOf(held.document.known) } : held.document,
  });
  return {
    ...holdings,
    policies: holdings.policies.map(without),
    boundary: holdings.boundary && without(holdings.boundary),
  };
}

/** Whether what somebody holds lets them delete copies, or come to do so by themselves. */
function ownDeletion(arn: string, holdings: Holdings): By {
  const { policies, boundary } = holdings;
  const lost = [...policies, ...(boundary ? [boundary] : [])].find(({ document }) => 'unknown' in document);
  if (lost) return untold(`what ${lost.name} says is not known`);
  const may = (held: readonly Held[], deletion: string) =>
    maySomewhere(
      held.flatMap(({ document }) => ('known' in document ? [document.known] : [])),
      deletion,
    );
  for (const deletion of deletions) {
    const own = may(policies, deletion);
    const bound = boundary === null || may([boundary], deletion);
    if (own === null || bound === null) return untold('a policy that it holds is not understood');
    if (own && bound) return 'it may delete copies or end their time';
  }
  const privilege = privilegeOf({ arn, ...holdings });
  if (privilege.outcome === 'unknown') return untold(privilege.why);
  return privilege.outcome === 'not' ? false : `it ${privilege.why}`;
}

const accountOf = (arn: string) => arn.split(':')[4] ?? '';
