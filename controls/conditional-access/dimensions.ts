import { lower, type Policy } from './model.ts';
import type { Dimension } from './way.ts';

/** All that no policy names. */
export const anyOther = 'any other';

/** What Microsoft's words divide sign-ins into: https://learn.microsoft.com/graph/api/resources/conditionalaccessconditionset */
const fixed = {
  client: ['browser', 'mobileappsanddesktopclients', 'exchangeactivesync', 'other'],
  platform: ['android', 'ios', 'windows', 'windowsphone', 'macos', 'linux', anyOther],
  signInRisk: ['none', 'low', 'medium', 'high', 'hidden'],
  userRisk: ['none', 'low', 'medium', 'high', 'hidden'],
  insiderRisk: ['none', 'minor', 'moderate', 'elevated'],
  flow: ['none', 'devicecodeflow', 'authenticationtransfer'],
} as const satisfies Partial<Record<Dimension, readonly string[]>>;

export type Domains = Readonly<Record<Dimension, ReadonlySet<string>>>;

/** Everything that each dimension may be, as far as these policies, or who asks about some applications, tell it apart. */
export function domainsOf(policies: readonly Policy[], asked: Iterable<string> = []): Domains {
  const applications = lower([
    ...policies.flatMap(({ includeApplications, excludeApplications }) => [
      ...includeApplications,
      ...excludeApplications,
    ]),
    ...asked,
  ]);
  return {
    application: new Set([anyOther, ...[...applications].filter((name) => !(name in all))].sort()),
    client: new Set(fixed.client),
    platform: new Set(fixed.platform),
    signInRisk: new Set(fixed.signInRisk),
    userRisk: new Set(fixed.userRisk),
    insiderRisk: new Set(fixed.insiderRisk),
    flow: new Set(fixed.flow),
  };
}

/** Words that name none of the things, but all of them or none. */
const all: Readonly<Record<string, boolean>> = { all: true, none: false };

/** What a condition holds for, and why that is not certain. Where it is not, `benefit` says which way it is taken. */
export interface Held {
  readonly of: ReadonlySet<string>;
  readonly doubt: string | null;
}

/** What is named of a dimension, less what is left out. A word that is not known may mean any of it, or nothing. */
export function held(
  what: string,
  domain: ReadonlySet<string>,
  include: readonly string[],
  exclude: readonly string[],
  benefit: boolean,
): Held {
  const within = named(domain, include);
  const without = named(domain, exclude);
  const [odd] = [...within.odd, ...without.odd];
  const taken = within.odd.length > 0 && benefit ? domain : within.of;
  const left = without.odd.length > 0 && !benefit ? new Set<string>() : taken.difference(without.of);
  return {
    of: left,
    doubt: odd === undefined ? null : `it names the ${what} ${odd}, which nobody here knows`,
  };
}

function named(domain: ReadonlySet<string>, words: readonly string[]) {
  const of = new Set<string>();
  const odd: string[] = [];
  for (const word of words) {
    const name = word.toLowerCase();
    if (all[name] === true) domain.forEach((each) => of.add(each));
    else if (domain.has(name) && name !== anyOther) of.add(name);
    else if (all[name] !== false) odd.push(word);
  }
  return { of, odd };
}
