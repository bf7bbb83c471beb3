import type { View } from './control.ts';
import { fail, noData, pass, type Finding } from './finding.ts';

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
  const known: Policy[] = [];
  const told = policies.map((policy) =>
    policy.given(['name', 'texts', 'signed'], (values) => {
      known.push(values);
      return pass('');
    }),
  );
  const untold = told.find(({ status }) => status !== 'pass');
  if (untold) return untold;
  const at = (name: string, judge: (policy: Policy) => Finding): Finding => {
    const found = known.find((policy) => policy.name === name);
    return found ? judge(found) : noData(`what is published at _dmarc.${name} was not read`);
  };
  return at(domain, (own) => {
    if (own.texts.length > 0) return judged(own, { inherited: false, registered: domain === registered });
    if (registered === domain || registered === 'none')
      return fail(`no DMARC policy is published${proof(own)}`);
    return at(registered, (above) =>
      above.texts.length > 0
        ? judged(above, { inherited: true, registered: true })
        : fail(`no DMARC policy is published for it or ${registered}${proof(above)}`),
    );
  });
}

const proof = ({ signed }: Policy) => (signed ? '' : ', by an answer that no signature proves');

function judged(policy: Policy, as: { readonly inherited: boolean; readonly registered: boolean }): Finding {
  const { status, reason } = judgedText(policy.texts, as);
  const whose = as.inherited ? `the DMARC policy of ${policy.name}` : 'its DMARC policy';
  return { status, reason: `${whose} ${reason}${proof(policy)}` };
}

function judgedText(
  [text = '', ...others]: readonly string[],
  { inherited, registered }: { readonly inherited: boolean; readonly registered: boolean },
): Finding {
  if (others.length > 0) return fail(`stands ${others.length + 1} times, so receivers use none`);
  const tags = tagsOf(text);
  if (tags === null) return noData('names a tag twice, and receivers may read it either way');
  const [whole, below] = [tags.get('p'), tags.get('sp')];
  if (!isPolicy(whole)) return fail('does not say what to do (p)');
  if (below !== undefined && !isPolicy(below)) return fail(`says nothing that receivers know (sp=${below})`);
  const policy = inherited ? (below ?? whole) : whole;
  if (policy === 'none') return fail('lets everything through (none)');
  if (!inherited && registered && below === 'none')
    return fail('lets everything through that claims to be from a name below it (sp=none)');
  if (tags.get('t') === 'y') return fail('is only being tried (t=y)');
  const share = tags.get('pct') ?? '100';
  if (!/^\d{1,3}$/.test(share))
    return noData(`says pct=${share}, which receivers may read in one way or another`);
  if (Number(share) < 100) return fail(`holds for ${share} in a hundred messages`);
  if (!/^mailto:./i.test(tags.get('rua') ?? '')) return fail('asks for no reports (rua)');
  return pass(`asks receivers to ${policy ?? ''} all of it`);
}

const isPolicy = (word: string | undefined) =>
  word !== undefined && /^(?:none|quarantine|reject)$/.test(word);

/** Tags with their values, in lower case where case does not count; `null` where one stands twice. */
function tagsOf(text: string): ReadonlyMap<string, string> | null {
  const tags = new Map<string, string>();
  for (const part of text.split(';')) {
    const [, name, value = ''] = /^\s*([A-Za-z]+)\s*=\s*(.*?)\s*$/.exec(part) ?? [];
    if (name === undefined) continue;
    const tag = name.toLowerCase();
    if (tags.has(tag)) return null;
    tags.set(tag, tag === 'rua' ? value : value.toLowerCase());
  }
  return tags;
}
