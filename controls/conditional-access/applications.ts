import { anyOther, type Held } from './dimensions.ts';
import { isId, lower, type Policy } from './model.ts';

/**
 * The applications that a policy holds for. A word such as `Office365` means many, and whether an application that is
 * named by its id is one of them is not read; of a filter it is not read which applications meet it.
 */
export function applicationsOf(policy: Policy, domain: ReadonlySet<string>, benefit: boolean): Held {
  const included = lower(policy.includeApplications);
  const excluded = lower(policy.excludeApplications);
  const { applicationFilter: filter } = policy;
  const of = new Set<string>();
  const doubts = new Set<string>();
  if (filter !== 'none') doubts.add('it filters applications, and which ones meet the filter is not read');
  for (const each of domain) {
    const into = included.has('all') || covers(included, each);
    const outOf = covers(excluded, each);
    const within = into === false && filter !== 'none' && filter.mode === 'include' ? null : into;
    const without = outOf === false && filter !== 'none' && filter.mode === 'exclude' ? null : outOf;
    if (into === null || outOf === null)
      doubts.add(`whether ${each} is among the applications that it names by a word is not read`);
    if ((within ?? benefit) && !(without ?? !benefit)) of.add(each);
  }
  return { of, doubt: doubts.size === 0 ? null : [...doubts].join('; ') };
}

/** Whether these words and ids mean an application, or a group of them less those that are named by id; `null`: not known. */
function covers(words: ReadonlySet<string>, application: string): boolean | null {
  if (words.has(application)) return true;
  if (application === anyOther) return false;
  const groups = [...words].filter((word) => !isId(word) && word !== 'all' && word !== 'none');
  return groups.length > 0 ? null : false;
}
