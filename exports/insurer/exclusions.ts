import { SignInExclusion } from '../../evidence-model/kinds.ts';
import type { Result } from '../../controls/result.ts';
import { tally } from '../../controls/result.ts';
import type { Judgement } from '../judge.ts';

/** The test of what policies leave out. */
export const exclusionsTest = 'mfa-no-untracked-exclusions';

const words: Readonly<Record<string, string>> = {
  account: 'single accounts',
  group: 'groups',
  role: 'roles',
  guests: 'kinds of guests',
  application: 'applications',
  'application-filter': 'applications by a filter',
  place: 'places',
  platform: 'platforms',
  'device-filter': 'devices by a filter',
};

/** What policies that ask for a second factor leave out, by what it is. */
export interface Excluded {
  readonly class: string;
  readonly population: Result['population'];
}

export function exclusionsOf({ results, subjects }: Judgement): readonly Excluded[] {
  const typeOf = new Map(
    subjects
      .of(SignInExclusion.name)
      .map(({ source, id, fields }) => [JSON.stringify([source, id]), fields.get('type')?.value]),
  );
  const all = (results.find(({ control }) => control === exclusionsTest)?.verdicts ?? []).flatMap(
    (verdict) => {
      const key = JSON.stringify([verdict.source, verdict.subject]);
      return typeOf.has(key) ? [{ verdict, type: String(typeOf.get(key)) }] : [];
    },
  );
  return [...new Set(all.map(({ type }) => type))].sort().map((type) => ({
    class: words[type] ?? 'of a kind that is not told',
    population: tally(all.flatMap((each) => (each.type === type ? [each.verdict] : []))),
  }));
}
