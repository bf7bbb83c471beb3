/** One term of a policy: what it matches, and what then. */
export interface Term {
  readonly qualifier: '+' | '-' | '~' | '?';
  readonly mechanism: string;
  /** What stands behind the colon; empty where nothing does. */
  readonly value: string;
  /** It matches every address there is, as a range of length 0 does. */
  readonly everyone: boolean;
}

export interface ParsedSenderPolicy {
  readonly terms: readonly Term[];
  /** The domain whose policy holds where no term matches; `null` where none is named. */
  readonly redirect: string | null;
  /** Why receivers must not use it; `null` where it is well formed. */
  readonly fault: string | null;
}

/** Whether a text is one that says who may send: https://www.rfc-editor.org/rfc/rfc7208#section-4.5 */
export function isSenderPolicy(text: string): boolean {
  return /^v=spf1(?: |$)/i.test(text);
}

const mechanisms = ['all', 'include', 'a', 'mx', 'ptr', 'ip4', 'ip6', 'exists'];

/** Reads such a text term by term: https://www.rfc-editor.org/rfc/rfc7208#section-4.6.1 */
export function parseSenderPolicy(text: string): ParsedSenderPolicy {
  const terms: Term[] = [];
  let redirect: string | null = null;
  const words = text.split(' ').slice(1).filter(Boolean);
  for (const word of words) {
    const modifier = /^([a-z][a-z0-9_.-]*)=(.*)$/i.exec(word);
    if (modifier) {
      const [, name = '', value = ''] = modifier;
      if (name.toLowerCase() !== 'redirect') continue;
      if (redirect !== null || value === '') return { terms, redirect, fault: 'redirect stands wrongly' };
      redirect = value;
      continue;
    }
    const [, qualifier = '', name = '', rest = ''] = /^([+\-~?]?)([a-z0-9]+)(.*)$/i.exec(word) ?? [];
    const mechanism = name.toLowerCase();
    if (!mechanisms.includes(mechanism)) return { terms, redirect, fault: `${word} is no term` };
    const value = rest.startsWith(':') ? rest.slice(1) : '';
    const needed = ['include', 'ip4', 'ip6', 'exists'].includes(mechanism);
    const odd = mechanism === 'all' ? rest !== '' : needed ? value === '' : !/^(?:[:/].*)?$/.test(rest);
    if (odd) return { terms, redirect, fault: `${word} is no term` };
    terms.push({
      qualifier: (qualifier || '+') as Term['qualifier'],
      mechanism,
      value,
      everyone: mechanism === 'all' || /\/0+(?:\/|$)/.test(rest),
    });
  }
  return { terms, redirect, fault: null };
}

/** The domains whose policies this one asks for, in its order; without those whose name depends on who sends. */
export function referredTo(text: string): string[] {
  const { terms, redirect } = parseSenderPolicy(text);
  const named = terms.flatMap(({ mechanism, value }) => (mechanism === 'include' ? [value] : []));
  const all = terms.some(({ mechanism }) => mechanism === 'all');
  return [...named, ...(redirect !== null && !all ? [redirect] : [])]
    .filter((name) => !name.includes('%'))
    .map((name) => name.toLowerCase().replace(/\.$/, ''));
}
