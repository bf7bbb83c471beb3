import type { Federation, Person, ServiceAccount } from '../../controls/declarations.ts';
import type { YamlFile } from './yaml-file.ts';

/** A list that somebody wrote down, and where it stands. */
interface Listed<T> {
  readonly yaml: YamlFile;
  readonly at: readonly PropertyKey[];
  readonly value: readonly T[];
}

/**
 * No two people or services have one id, every account is of a source that there is, and none is written down as that
 * of two. Throws `OperatorError` with the line where it is otherwise.
 */
export function checkRegister(
  lists: readonly Listed<Person | ServiceAccount>[],
  sources: ReadonlySet<string>,
): void {
  const ids = new Set<string>();
  const taken = new Map<string, string>();
  for (const { yaml, at, value } of lists)
    for (const [n, { id, accounts }] of value.entries()) {
      if (ids.has(id)) throw yaml.error([...at, n, 'id'], `there are two people or services ${id}`);
      ids.add(id);
      for (const [m, { source, account }] of accounts.entries()) {
        const where = [...at, n, 'accounts', m];
        if (!sources.has(source)) throw yaml.error([...where, 'source'], `there is no source ${source}`);
        const key = JSON.stringify([source, account.toLowerCase()]);
        const other = taken.get(key);
        if (other !== undefined)
          throw yaml.error(where, `${account} of ${source} is written down as that of ${other} already`);
        taken.set(key, id);
      }
    }
}

/** Every federation is of a source that there is, told once, and leads to a tenant that is one, or to itself. */
export function checkFederations(
  { yaml, at, value }: Listed<Federation>,
  collectorOf: ReadonlyMap<string, string>,
): void {
  const seen = new Set<string>();
  for (const [n, { source, provider, leadsTo }] of value.entries()) {
    if (!collectorOf.has(source)) throw yaml.error([...at, n, 'source'], `there is no source ${source}`);
    if (leadsTo !== 'itself' && collectorOf.get(leadsTo) !== 'microsoft365')
      throw yaml.error(
        [...at, n, 'leadsTo'],
        `it leads to a Microsoft 365 source, or to \`itself\`; ${leadsTo} is neither`,
      );
    const key = JSON.stringify([source, provider]);
    if (seen.has(key)) throw yaml.error([...at, n, 'provider'], `${provider} of ${source} is told of twice`);
    seen.add(key);
  }
}
