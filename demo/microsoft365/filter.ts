type Json = Readonly<Record<string, unknown>>;
type Test = (item: Json) => boolean;

const operators: Readonly<Record<string, (order: number) => boolean>> = {
  eq: (order) => order === 0,
  ge: (order) => order >= 0,
  gt: (order) => order > 0,
  le: (order) => order <= 0,
  lt: (order) => order < 0,
};

/**
 * The items that a filter lets through, by comparisons of these properties; `null` where it is another filter, which
 * Graph refuses and does not pass over. https://learn.microsoft.com/graph/filter-query-parameter
 */
export function filtered<T extends Json>(
  items: readonly T[],
  filter: string | null,
  properties: readonly string[],
): readonly T[] | null {
  if (filter === null) return items;
  const tokens = filter.match(/\(|\)|'(?:[^']|'')*'|[^\s()]+/g) ?? [];
  const test = either(tokens, properties);
  return test && tokens.length === 0 ? items.filter(test) : null;
}

/** Takes the tokens that it understands from the front. */
function either(tokens: string[], properties: readonly string[]): Test | null {
  return chain(tokens, 'or', () => chain(tokens, 'and', () => one(tokens, properties)));
}

function chain(tokens: string[], word: 'and' | 'or', next: () => Test | null): Test | null {
  const tests: Test[] = [];
  for (;;) {
    const test = next();
    if (!test) return null;
    tests.push(test);
    if (tokens[0] !== word) break;
    tokens.shift();
  }
  return (item) => (word === 'and' ? tests.every((test) => test(item)) : tests.some((test) => test(item)));
}

function one(tokens: string[], properties: readonly string[]): Test | null {
  const first = tokens.shift();
  if (first === '(') {
    const inner = either(tokens, properties);
    return tokens.shift() === ')' ? inner : null;
  }
  const [operator = '', literal = ''] = tokens.splice(0, 2);
  const holds = operators[operator];
  const value = valueOf(literal);
  if (first === undefined || !properties.includes(first) || !holds || value === null) return null;
  return (item) => {
    const found = first.split('/').reduce<unknown>((at, name) => (at as Json | null)?.[name], item);
    return found !== undefined && found !== null && holds(compare(found, value));
  };
}

/** A text, a truth, a number or a time; `null` where it is none. */
function valueOf(literal: string): string | number | boolean | Date | null {
  if (literal.startsWith("'")) return literal.slice(1, -1).replaceAll("''", "'");
  if (literal === 'true' || literal === 'false') return literal === 'true';
  if (/^-?\d+$/.test(literal)) return Number(literal);
  const time = Date.parse(literal);
  return Number.isNaN(time) ? null : new Date(time);
}

function compare(found: unknown, value: string | number | boolean | Date): number {
  const [a, b] = value instanceof Date ? [Date.parse(String(found)), value.getTime()] : [found, value];
  if (a === b) return 0;
  return (a as number) < (b as number) ? -1 : 1;
}
