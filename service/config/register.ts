import type { Person, ServiceAccount } from '../../controls/declarations.ts';
import type { YamlFile } from './yaml-file.ts';

/** A list of people or of services, and where it stands. */
interface Listed {
  readonly yaml: YamlFile;
  readonly at: readonly PropertyKey[];
  readonly value: readonly (Person | ServiceAccount)[];
}

/**
 * No two people or services have one id, every account is of a source that there is, and none is written down as that
 * of two. Throws `OperatorError` with the line where it is otherwise.
 */
export function checkRegister(lists: readonly Listed[], sources: ReadonlySet<string>): void {
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
