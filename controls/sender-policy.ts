import { isSenderPolicy, parseSenderPolicy } from '../evidence-model/sender-policy.ts';
import { fail, noData, pass, type Finding } from './finding.ts';

/** Receivers give up after as many look-ups: https://www.rfc-editor.org/rfc/rfc7208#section-4.6.4 */
const mostLookups = 10;
const lookedUp = ['include', 'a', 'mx', 'ptr', 'exists'];

/** The texts of each domain that is referred to; `undefined` where it was not read. */
export type Referred = (name: string) => readonly string[] | undefined;

/** A domain that says that no server may send for it. */
export function sendsNothing(texts: readonly string[]): boolean {
  const [text, ...more] = texts;
  return text !== undefined && more.length === 0 && /^v=spf1 +-all *$/i.test(text);
}

/**
 * Whether receivers can tell from what a domain publishes which servers may send for it, and are told to refuse all
 * others; `~all` does that only where something else (`enforced`) makes them act on it.
 */
export function declaredSenders(texts: readonly string[], referred: Referred, enforced: Finding): Finding {
  const [text, ...more] = texts.filter(isSenderPolicy);
  if (text === undefined) return fail('it does not say which servers may send for it (SPF)');
  if (more.length > 0)
    return fail(`it says ${more.length + 1} times which servers may send, so receivers use none`);
  const walked = walk(text, referred, new Set());
  if (walked.problem) return walked.problem;
  if (walked.lookups > mostLookups)
    return fail(`receivers would have to look up ${walked.lookups} names, and give up after ${mostLookups}`);
  switch (walked.rest) {
    case '-':
      return pass('it names its servers and refuses all others');
    case '~':
      if (enforced.status === 'no-data') return enforced;
      return enforced.status === 'pass'
        ? pass('it names its servers and doubts all others, which its DMARC policy makes receivers act on')
        : fail('it only doubts other servers (~all), and no DMARC policy makes receivers act on that');
    case null:
      return fail('it says nothing of other servers');
    default:
      return fail(`it lets any server send (${walked.rest}all)`);
  }
}

interface Walked {
  readonly lookups: number;
  /** What holds of servers that nothing names; `null` where nothing is said. */
  readonly rest: '+' | '-' | '~' | '?' | null;
  readonly problem: Finding | null;
}

function walk(text: string, referred: Referred, under: ReadonlySet<string>): Walked {
  const { terms, redirect, fault } = parseSenderPolicy(text);
  if (fault !== null)
    return { lookups: 0, rest: null, problem: fail(`receivers cannot use what it says: ${fault}`) };
  let lookups = 0;
  const into = (name: string): Walked => {
    const plain = name.toLowerCase().replace(/\.$/, '');
    const stop = (problem: Finding): Walked => ({ lookups: 0, rest: null, problem });
    if (plain.includes('%'))
      return stop(noData(`which servers may send depends on ${plain}, which is not known beforehand`));
    if (under.has(plain)) return stop(fail(`it leads in a circle by way of ${plain}`));
    const texts = referred(plain)?.filter(isSenderPolicy);
    if (texts === undefined) return stop(noData(`what ${plain} says was not read`));
    const [only, ...more] = texts;
    if (only === undefined || more.length > 0)
      return stop(
        fail(`it refers to ${plain}, which says ${only === undefined ? 'nothing' : 'several things'}`),
      );
    return walk(only, referred, new Set([...under, plain]));
  };
  for (const { mechanism, qualifier, value, everyone } of terms) {
    if (everyone) return { lookups, rest: qualifier, problem: null };
    if (!lookedUp.includes(mechanism)) continue;
    lookups += 1;
    if (mechanism !== 'include') continue;
    const inner = into(value);
    lookups += inner.lookups;
    // Whatever comes behind the tenth look-up is not looked at.
    if (lookups > mostLookups) return { lookups, rest: null, problem: null };
    if (inner.problem) return { ...inner, lookups };
    // It holds for whoever the other policy lets through, and that may be everybody.
    if (inner.rest === '+') return { lookups, rest: qualifier, problem: null };
  }
  if (redirect === null) return { lookups, rest: null, problem: null };
  const inner = into(redirect);
  return { ...inner, lookups: lookups + 1 + inner.lookups };
}
