/**
 * Whether a branch fits a pattern of GitHub's classic protection: `*` stands for any part of a name between slashes,
 * `**` with a slash behind it for any such parts, `?` for one character, `[…]` for one of several.
 * https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/managing-a-branch-protection-rule#about-branch-protection-rules
 */
export function fits(branch: string, pattern: string): boolean {
  return new RegExp(`^${expressionOf(pattern)}$`, 'su').test(branch);
}

/** The one rule that holds for a branch: the one that names it, else the oldest whose pattern it fits. `rules` come from old to new. */
export function ruleFor<Rule extends { readonly pattern: string }>(
  branch: string,
  rules: readonly Rule[],
): Rule | null {
  return (
    rules.find(({ pattern }) => pattern === branch) ??
    rules.find(({ pattern }) => fits(branch, pattern)) ??
    null
  );
}

function expressionOf(pattern: string): string {
  const [token = '', ...set] = /^(?:\*\*\/|\*+|\?|\[(!|\^)?([^\]]+)\]|\\.|.)/su.exec(pattern) ?? [];
  if (token === '') return '';
  const rest = expressionOf(pattern.slice(token.length));
  if (token === '**/') return `(?:[^/]+/)*${rest}`;
  if (token.startsWith('*')) return `[^/]*${rest}`;
  if (token === '?') return `[^/]${rest}`;
  const [negated, members] = set;
  if (members !== undefined)
    return `(?!/)[${negated === undefined ? '' : '^'}${members.replaceAll(/[\\\]^&]/g, '\\$&')}]${rest}`;
  const plain = token.length > 1 && token.startsWith('\\') ? token.slice(1) : token;
  return `${plain.replaceAll(/[$()*+./?[\\\]^{|}-]/g, '\\$&')}${rest}`;
}
