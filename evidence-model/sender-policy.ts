import { z } from 'zod';

/** One term of a policy: what it matches, and what then. */
export interface Term {
  readonly qualifier: '+' | '-' | '~' | '?';
  readonly mechanism: 'all' | 'include' | 'a' | 'mx' | 'ptr' | 'ip4' | 'ip6' | 'exists';
  /** The domain or address that it names; empty where it names none. */
  readonly value: string;
  /** How many bits of an address must be the same, of the one family and the other. */
  readonly bits: { readonly ip4: number; readonly ip6: number };
}

export interface ParsedSenderPolicy {
  readonly terms: readonly Term[];
  /** The domain whose policy holds where no term matches; `null` where none is named. */
  readonly redirect: string | null;
}

/** Whether a text is one that says who may send: https://www.rfc-editor.org/rfc/rfc7208#section-4.5 */
export function isSenderPolicy(text: string): boolean {
  return /^v=spf1(?: |$)/i.test(text);
}

/** What depends on who sends: https://www.rfc-editor.org/rfc/rfc7208#section-7.1 */
export function hasMacros(name: string): boolean {
  return name.includes('%');
}

const macro = String.raw`%(?:\{[slodiphcrtv]\d*r?[-.+,/_=]*\}|[%_-])`;
const macroText = new RegExp(String.raw`^(?:${macro}|[!-$&-~])*$`, 'i');
const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i;
const Ip4 = z.ipv4();
const Ip6 = z.ipv6();

/** Behind `a` and `mx`: a name, where one stands, and the lengths of both families. A macro may have a slash in it. */
const hosts = /^(?::((?:%\{[^}]*\}|%[%_-]|[^/%])+))?(?:\/(\d+))?(?:\/\/(\d+))?$/;

/** A name as it may stand in a term. With macros in it, only that they are well formed and what stands at its end. */
function isDomain(name: string): boolean {
  if (hasMacros(name))
    return macroText.test(name) && /(?:%\{[^}]*\}|\.[a-z0-9-]*[a-z][a-z0-9-]*\.?)$/i.test(name);
  const labels = name.replace(/\.$/, '').split('.');
  const last = labels.at(-1) ?? '';
  return (
    name.length <= 253 && labels.length > 1 && labels.every((each) => label.test(each)) && !/^\d*$/.test(last)
  );
}

/**
 * Reads such a text term by term: https://www.rfc-editor.org/rfc/rfc7208#section-12. `null` where it is not well formed
 * to the last letter: receivers must then use nothing of it.
 */
export function parseSenderPolicy(text: string): ParsedSenderPolicy | null {
  if (!/^[ -~]*$/.test(text)) return null;
  const terms: Term[] = [];
  const modifiers = new Map<string, string>();
  for (const word of text.split(' ').slice(1).filter(Boolean)) {
    if (word.length > longestWord) return null;
    const [, name = '', value = ''] = /^([a-z][a-z0-9_.-]*)=(.*)$/i.exec(word) ?? [];
    if (name === '') {
      const term = termIn(word);
      if (term === null) return null;
      terms.push(term);
      continue;
    }
    const known = ['redirect', 'exp'].includes(name.toLowerCase());
    if (known ? !isDomain(value) || modifiers.has(name.toLowerCase()) : !macroText.test(value)) return null;
    modifiers.set(name.toLowerCase(), value);
  }
  return { terms, redirect: modifiers.get('redirect') ?? null };
}

/** Far longer than any name with macros; whatever is longer is not looked at. */
const longestWord = 512;

function termIn(word: string): Term | null {
  const [, sign = '', name = '', rest = ''] = /^([+\-~?]?)([a-z0-9]+)(.*)$/i.exec(word) ?? [];
  const qualifier = (sign || '+') as Term['qualifier'];
  const mechanism = name.toLowerCase();
  const named = rest.startsWith(':') ? rest.slice(1) : null;
  const term = (value: string, bits: Partial<Term['bits']> = {}): Term => ({
    qualifier,
    mechanism: mechanism as Term['mechanism'],
    value,
    bits: { ip4: 32, ip6: 128, ...bits },
  });
  switch (mechanism) {
    case 'all':
      return rest === '' ? term('') : null;
    case 'include':
    case 'exists':
      return named !== null && isDomain(named) ? term(named) : null;
    case 'ptr':
      return rest === '' || (named !== null && isDomain(named)) ? term(named ?? '') : null;
    case 'a':
    case 'mx': {
      const found = hosts.exec(rest);
      const [, host, short, long] = found ?? [];
      const [ip4, ip6] = [bitsIn(short, 32), bitsIn(long, 128)];
      if (!found || ip4 === null || ip6 === null || (host !== undefined && !isDomain(host))) return null;
      return term(host ?? '', { ip4, ip6 });
    }
    case 'ip4':
    case 'ip6': {
      const [address = '', length, ...more] = (named ?? '').split('/');
      const most = mechanism === 'ip4' ? 32 : 128;
      const bits = bitsIn(length, most);
      const right = (mechanism === 'ip4' ? Ip4 : Ip6).safeParse(address).success;
      return right && bits !== null && more.length === 0 ? term(address, { [mechanism]: bits }) : null;
    }
    default:
      return null;
  }
}

/** Without a length all bits count. */
function bitsIn(length: string | undefined, most: number): number | null {
  if (length === undefined) return most;
  const bits = /^(?:0|[1-9]\d{0,2})$/.test(length) ? Number(length) : Infinity;
  return bits <= most ? bits : null;
}

/** The domains whose policies this one asks for, in its order; without those whose name depends on who sends. */
export function referredTo(text: string): string[] {
  const { terms, redirect } = parseSenderPolicy(text) ?? { terms: [], redirect: null };
  const named = terms.flatMap(({ mechanism, value }) => (mechanism === 'include' ? [value] : []));
  const all = terms.some(({ mechanism }) => mechanism === 'all');
  return [...named, ...(redirect !== null && !all ? [redirect] : [])]
    .filter((name) => !hasMacros(name))
    .map(plainName);
}

/** Names differ neither by case nor by the dot at their end. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
