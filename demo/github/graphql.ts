/** One field of a GraphQL selection. */
export interface Selection {
  readonly name: string;
  readonly alias: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly fields: readonly Selection[];
}

export interface Operation {
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly fields: readonly Selection[];
}

/** A document that this server does not understand. */
export class Unparsable extends Error {
  override readonly name = 'Unparsable';
}

/**
 * Reads as much of GraphQL as evidence needs: one operation with variables, aliases, scalar and enum arguments and
 * nested fields. Fragments, directives, lists and input objects are not understood, which is said, never skipped.
 */
export function parse(document: string, variables: Readonly<Record<string, unknown>>): Operation {
  const tokens =
    document.match(/#[^\n]*|"(?:[^"\\\n]|\\.)*"|\.\.\.|[_A-Za-z]\w*|-?\d+(?:\.\d+)?|[^\s,]/g) ?? [];
  const rest = tokens.filter((token) => !token.startsWith('#'));
  let at = 0;

  const take = (): string => {
    const token = rest[at];
    if (token === undefined) throw new Unparsable('Unexpected end of document');
    at += 1;
    return token;
  };
  const expect = (wanted: string): void => {
    const token = take();
    if (token !== wanted) throw new Unparsable(`Expected ${wanted}, got ${token}`);
  };
  const name = (): string => {
    const token = take();
    if (!/^[_A-Za-z]\w*$/.test(token)) throw new Unparsable(`Expected a name, got ${token}`);
    return token;
  };
  const argument = (): unknown => {
    const token = take();
    if (token === '$') {
      const variable = name();
      if (!Object.hasOwn(variables, variable)) throw new Unparsable(`Variable $${variable} was not provided`);
      return variables[variable];
    }
    if (token.startsWith('"') || /^-?\d/.test(token)) return JSON.parse(token);
    if (token === 'true' || token === 'false') return token === 'true';
    if (token === 'null') return null;
    if (/^[_A-Za-z]/.test(token)) return token; // an enum value
    throw new Unparsable(`Unexpected ${token}`);
  };
  const field = (): Selection => {
    const first = name();
    const aliased = rest[at] === ':';
    if (aliased) at += 1;
    const called = aliased ? name() : first;
    const given: Record<string, unknown> = {};
    if (rest[at] === '(') {
      at += 1;
      while (rest[at] !== ')') {
        const key = name();
        expect(':');
        given[key] = argument();
      }
      at += 1;
    }
    return { name: called, alias: first, arguments: given, fields: rest[at] === '{' ? fields() : [] };
  };
  const fields = (): Selection[] => {
    expect('{');
    const found: Selection[] = [];
    while (rest[at] !== '}') found.push(field());
    at += 1;
    if (found.length === 0) throw new Unparsable('Expected at least one field');
    return found;
  };

  const type = rest[at] === '{' ? 'query' : name();
  if (type !== 'query' && type !== 'mutation' && type !== 'subscription')
    throw new Unparsable(`Unexpected ${type}`);
  if (rest[at] !== '{' && rest[at] !== '(') name();
  // Types of variables are not checked: the real thing does, so a query must be tried there too.
  if (rest[at] === '(') while (take() !== ')');
  const operation = { type, fields: fields() } as const;
  if (at < rest.length) throw new Unparsable(`Unexpected ${rest[at] ?? ''} after the operation`);
  return operation;
}
