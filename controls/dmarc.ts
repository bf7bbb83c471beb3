import type { View } from './control.ts';
import { fail, noData, pass, type Finding } from './finding.ts';
import { tagsIn } from './tags.ts';
import { told } from './told.ts';

/** One name at which a policy may be published, and what stands there. */
interface Policy {
  readonly name: string;
  readonly texts: readonly string[];
  readonly signed: boolean;
}

/**
 * Whether receivers are asked to keep back all mail that only claims to be from a domain, and to report it, as they find
 * it out: by its own policy, else by that of the domain that was registered.
 * https://www.rfc-editor.org/rfc/rfc7489#section-6.6.3
 */
export function enforcement(domain: string, registered: string, policies: readonly View<Policy>[]): Finding {
  const { known, untold } = told(policies, ['name', 'texts', 'signed']);
  if (untold) return untold;
  const own = known.find(({ name }) => name === domain);
  if (!own) return noData(`what is published at _dmarc.${domain} was not read`);
  if (own.texts.length > 0) return judged([own], { inherited: false, registered: domain === registered });
  if (registered === domain || registered === 'none')
    return fail(`no DMARC policy is published${proof([own])}`);
  const above = known.find(({ name }) => name === registered);
  if (!above) return noData(`what is published at _dmarc.${registered} was not read`);
  // Newer rules let receivers look at each name on the way: https://datatracker.ietf.org/doc/draft-ietf-dmarc-dmarcbis/
  const between = known.find((each) => each !== own && each !== above && each.texts.length > 0);
  if (between)
    return noData(
      `it says nothing itself, and receivers differ over whether they ask ${between.name} or ${registered}`,
    );
  return above.texts.length > 0
    ? judged([above, ...known], { inherited: true, registered: true })
    : fail(`no DMARC policy is published for it or ${registered}${proof(known)}`);
}

/** That a domain says nothing itself is an answer like any other. */
const proof = (answers: readonly Policy[]) =>
  answers.every(({ signed }) => signed) ? '' : ', by an answer that no signature proves';

function judged(
  [policy, ...others]: readonly [Policy, ...Policy[]],
  as: { readonly inherited: boolean; readonly registered: boolean },
): Finding {
  const { status, reason } = judgedText(policy.texts, as);
  const whose = as.inherited ? `the DMARC policy of ${policy.name}` : 'its DMARC policy';
  return { status, reason: `${whose} ${reason}${proof([policy, ...others])}` };
}

/** https://www.rfc-editor.org/rfc/rfc7489#section-6.4 */
const isVersion = /^[vV][ \t]*=[ \t]*DMARC1[ \t]*(?:;|$)/;

function judgedText(
  [text = '', ...others]: readonly string[],
  { inherited, registered }: { readonly inherited: boolean; readonly registered: boolean },
): Finding {
  const odd = [text, ...others].filter((each) => !isVersion.test(each) || !/^[\t -~]*$/.test(each));
  if (odd.length > 0)
    return noData('is not of the form that receivers know, and some may take it all the same');
  if (others.length > 0) return fail(`stands ${others.length + 1} times, so receivers use none`);
  const tags = tagsOf(text);
  if (typeof tags === 'string') return noData(tags);
  const [whole, below, absent] = [tags.get('p'), tags.get('sp'), tags.get('np')];
  if (!isPolicy(whole)) return fail('does not say what to do (p)');
  for (const [name, value] of [
    ['sp', below],
    ['np', absent],
  ] as const)
    if (value !== undefined && !isPolicy(value))
      return fail(`says nothing that receivers know (${name}=${value})`);
  const policy = inherited ? (below ?? whole) : whole;
  // Whether there is such a name is not looked at, and of names that are not another word may hold.
  if (inherited && absent !== undefined && strength(absent) < strength(policy))
    return noData(
      `says less of names that there are not (np=${absent}), and receivers may take this one for such`,
    );
  if (policy === 'none') return fail('lets everything through (none)');
  for (const [name, value] of [
    ['sp', below],
    ['np', absent],
  ] as const)
    if (registered && !inherited && value === 'none')
      return fail(`lets everything through that claims to be from a name below it (${name}=none)`);
  if (tags.get('t') === 'y') return fail('is only being tried (t=y)');
  const share = tags.get('pct') ?? '100';
  if (!/^\d{1,3}$/.test(share) || Number(share) > 100)
    return noData(`says pct=${share}, which receivers may read in one way or another`);
  if (Number(share) < 100) return fail(`holds for ${share} in a hundred messages`);
  const reports = (tags.get('rua') ?? '').split(',').map((each) => each.trim());
  if (!reports.some((each) => /^mailto:[^\s@,;!]+@[^\s@,;!]+(?:!\d+[kmgt]?)?$/i.test(each)))
    return fail('asks for no reports (rua)');
  return pass(`asks receivers to ${policy ?? ''} all of it`);
}

const strength = (policy: string | undefined) => ['none', 'quarantine', 'reject'].indexOf(policy ?? 'none');

const isPolicy = (word: string | undefined) =>
  word !== undefined && /^(?:none|quarantine|reject)$/.test(word);

/** Tags with their values, in lower case where case does not count; or why receivers may read the text differently. */
function tagsOf(text: string): ReadonlyMap<string, string> | string {
  const listed = tagsIn(text);
  if (!listed?.every(([, value]) => value.split(',').every((each) => /^[!-+\--~]+$/.test(each.trim()))))
    return 'has a part that is no tag, and receivers may read it either way';
  const tags = new Map<string, string>();
  for (const [name, value] of listed) {
    const tag = name.toLowerCase();
    if (tags.has(tag)) return 'names a tag twice, and receivers may read it either way';
    tags.set(tag, tag === 'rua' ? value : value.toLowerCase());
  }
  const [, second] = tags.keys();
  return second === 'p' || second === undefined
    ? tags
    : 'does not begin with what to do (p), and receivers may read it either way';
}
