import {
  hasMacros,
  isSenderPolicy,
  parseSenderPolicy,
  plainName,
  type Term,
} from '../evidence-model/sender-policy.ts';
import { fail, noData, pass, type Finding } from './finding.ts';

/** Receivers give up after as many look-ups: https://www.rfc-editor.org/rfc/rfc7208#section-4.6.4 */
const mostLookups = 10;
/** How many hosts an `mx` may lead to: https://www.rfc-editor.org/rfc/rfc7208#section-4.6.4 */
const mostExchangers = 10;
const lookedUp: readonly Term['mechanism'][] = ['include', 'a', 'mx', 'ptr', 'exists'];
/** Of the newer family nobody is given a shorter range than this: https://www.rfc-editor.org/rfc/rfc4291 and the registries' own rules. */
const shortestIp6 = 19;

/** The texts of each domain that is referred to; `undefined` where it was not read. */
export type Referred = (name: string) => readonly string[] | undefined;

/** A domain that says that no server may send for it. */
export function sendsNothing(texts: readonly string[]): boolean {
  const [text, ...more] = texts;
  return text !== undefined && more.length === 0 && /^v=spf1 +-all *$/i.test(text);
}

/**
 * Whether receivers can tell from what a domain publishes which servers may send for it, and are told to refuse all
 * others; `~all` does that only where something else (`enforced`) makes them act on it. Hosts are not looked up, and
 * of addresses no more than `mostAddresses` may be named.
 */
export function declaredSenders(
  texts: readonly string[],
  referred: Referred,
  { enforced, mostAddresses }: { readonly enforced: Finding; readonly mostAddresses: number },
): Finding {
  const [text, ...more] = texts.filter(isSenderPolicy);
  if (text === undefined) return fail('it does not say which servers may send for it (SPF)');
  if (more.length > 0)
    return fail(`it says ${more.length + 1} times which servers may send, so receivers use none`);
  const walk = new Walk(referred);
  const { rest, problem } = walk.through(text, new Set(), false);
  if (problem) return problem;
  if (walk.lookups > mostLookups)
    return fail(`receivers would have to look up ${walk.lookups} names, and give up after ${mostLookups}`);
  if (rest === null) return fail('it says nothing of other servers');
  if (rest === '+' || rest === '?') return fail(`it lets any server send (${rest}all)`);
  if (walk.addresses > mostAddresses)
    return fail(`it names ${walk.addresses} addresses, more than the policy allows (${mostAddresses})`);
  if (rest === '~' && enforced.status === 'fail')
    return fail('it only doubts other servers (~all), and no DMARC policy makes receivers act on that');
  const [unsure] = walk.unsure;
  if (unsure !== undefined) return noData(unsure);
  if (rest === '-') return pass('it names its servers and has all others refused');
  if (enforced.status !== 'pass') return enforced;
  return pass('it names its servers and doubts all others, which its DMARC policy makes receivers act on');
}

interface Walked {
  /** What holds of servers that nothing names; `null` where nothing is said. */
  readonly rest: Term['qualifier'] | null;
  readonly problem: Finding | null;
}

const stop = (problem: Finding): Walked => ({ rest: null, problem });

/** Goes through a policy and all that it refers to, as a receiver does for a server that nothing matches. */
class Walk {
  readonly #referred: Referred;
  /** Why it cannot be told which servers match. */
  readonly unsure: string[] = [];
  lookups = 0;
  /** Of the older family, named by number. */
  addresses = 0;

  constructor(referred: Referred) {
    this.#referred = referred;
  }

  /** Of what stands inside another policy only what lets a server through counts; `?` and `~` are then no match. */
  through(text: string, under: ReadonlySet<string>, inside: boolean): Walked {
    const policy = parseSenderPolicy(text);
    if (!policy) return stop(fail('receivers cannot use what it says: it is not well formed'));
    for (const term of policy.terms) {
      const { mechanism, qualifier, value } = term;
      if (mechanism === 'all') return { rest: qualifier, problem: null };
      if (lookedUp.includes(mechanism)) this.lookups += 1;
      // Whatever comes behind the tenth look-up is not looked at.
      if (this.lookups > mostLookups) return { rest: '-', problem: null };
      if (mechanism === 'include') {
        const inner = this.#into(value, under, true);
        if (inner.problem) return inner;
        // It holds for whoever the other policy lets through, and that may be everybody.
        if (inner.rest === '+') return { rest: qualifier, problem: null };
        continue;
      }
      const refuses = inside ? qualifier !== '+' : qualifier === '-';
      const problem = refuses ? null : this.#count(term);
      if (problem) return stop(problem);
    }
    if (policy.redirect === null) return { rest: null, problem: null };
    this.lookups += 1;
    return this.#into(policy.redirect, under, inside);
  }

  /** Notes whom a term lets through, or does not refuse; why that is everybody, where it is. */
  #count({ mechanism, value, bits }: Term): Finding | null {
    if (mechanism === 'exists' || mechanism === 'ptr' || hasMacros(value)) {
      this.unsure.push(`which servers it lets through by ${mechanism} cannot be told beforehand`);
      return null;
    }
    if (bits.ip4 === 0 || bits.ip6 === 0)
      return fail(`it lets any server send (${mechanism} with a length of 0)`);
    // The older family is a part of the newer one, there written behind zeros.
    const zeros = mechanism === 'ip6' && value.startsWith('::');
    const mapped = mechanism === 'ip6' && /^::ffff:/i.test(value) && bits.ip6 >= 96;
    if (bits.ip6 < shortestIp6 || (zeros && !mapped && bits.ip6 <= 96))
      return fail(`it names a range of addresses that nobody has (${mechanism}, ${bits.ip6} bits)`);
    if (mapped) this.addresses += 2 ** (128 - bits.ip6);
    else if (mechanism !== 'ip6')
      this.addresses += 2 ** (32 - bits.ip4) * (mechanism === 'mx' ? mostExchangers : 1);
    return null;
  }

  #into(name: string, under: ReadonlySet<string>, inside: boolean): Walked {
    const plain = plainName(name);
    if (hasMacros(plain))
      return stop(noData(`which servers may send depends on ${plain}, which is not known beforehand`));
    if (under.has(plain)) return stop(fail(`it leads in a circle by way of ${plain}`));
    const texts = this.#referred(plain)?.filter(isSenderPolicy);
    if (texts === undefined) return stop(noData(`what ${plain} says was not read`));
    const [only, ...more] = texts;
    if (only === undefined || more.length > 0)
      return stop(
        fail(`it refers to ${plain}, which says ${only === undefined ? 'nothing' : 'several things'}`),
      );
    return this.through(only, new Set([...under, plain]), inside);
  }
}
