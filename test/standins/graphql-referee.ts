import { readFileSync } from 'node:fs';
import {
  buildSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { tools } from './support.ts';

/**
 * Holds questions and answers of GraphQL against the schema that GitHub publishes: every question must be valid there,
 * with its variables, and every value of an answer must be one that the field can have.
 */
export function graphqlReferee() {
  const text = readFileSync(`${tools}node_modules/@octokit/graphql-schema/schema.graphql`, 'utf8');
  const schema = buildSchema(text, { assumeValid: true });
  return (question: string, answer: string): string[] => {
    const { query, variables } = JSON.parse(question) as {
      readonly query: string;
      readonly variables: Readonly<Record<string, unknown>>;
    };
    const document = parse(query);
    const wrong = validate(schema, document).map(({ message }) => message);
    if (wrong.length > 0) return wrong;
    const [operation] = document.definitions as readonly OperationDefinitionNode[];
    if (operation?.kind !== Kind.OPERATION_DEFINITION || document.definitions.length > 1)
      return ['it is not one operation'];
    const declared = operation.variableDefinitions ?? [];
    const names = declared.map(({ variable }) => variable.name.value);
    const undeclared = Object.keys(variables).filter((name) => !names.includes(name));
    const missing = declared.filter(
      ({ type, variable }) =>
        type.kind === Kind.NON_NULL_TYPE && variables[variable.name.value] === undefined,
    );
    const { data, errors } = JSON.parse(answer) as { readonly data?: unknown; readonly errors?: unknown };
    const root = schema.getQueryType();
    return [
      ...undeclared.map((name) => `$${name} is not declared`),
      ...missing.map(({ variable }) => `$${variable.name.value} is not given`),
      ...unbounded(schema, query),
      ...(root && errors === undefined ? misfits(schema, root, operation.selectionSet, data, '') : []),
    ];
  };
}

/** GitHub refuses a connection of which nodes are asked for without saying how many, and more than 100. */
function unbounded(schema: GraphQLSchema, query: string): string[] {
  const found: string[] = [];
  const info = new TypeInfo(schema);
  visit(
    parse(query),
    visitWithTypeInfo(info, {
      Field(node) {
        const type = info.getType();
        if (!type || !getNamedType(type).name.endsWith('Connection')) return;
        const asked = (node.selectionSet?.selections ?? []).some(
          (each) => each.kind === Kind.FIELD && ['nodes', 'edges'].includes(each.name.value),
        );
        const size = node.arguments?.find(
          ({ name }) => name.value === 'first' || name.value === 'last',
        )?.value;
        const number = size?.kind === Kind.INT ? Number(size.value) : Number.NaN;
        if (asked && !(number >= 1 && number <= 100))
          found.push(`${node.name.value} is asked for without bound`);
      },
    }),
  );
  return found;
}

/** What of a value the type does not allow, and what is there that was not asked for. */
function misfits(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  selections: SelectionSetNode | undefined,
  value: unknown,
  path: string,
): string[] {
  if (value === null || value === undefined)
    return isNonNullType(type) || value === undefined ? [`${path} is ${String(value)}`] : [];
  const plain = getNullableType(type);
  if (isListType(plain))
    return Array.isArray(value)
      ? value.flatMap((each, n) => misfits(schema, plain.ofType, selections, each, `${path}/${n}`))
      : [`${path} is no list`];
  if (isLeafType(plain)) {
    try {
      plain.parseValue(value);
      return [];
    } catch {
      return [`${path} is no ${plain.name}`];
    }
  }
  if (typeof value !== 'object' || !selections) return [`${path} is no object`];
  const said = value as Readonly<Record<string, unknown>>;
  const name = typeof said['__typename'] === 'string' ? said['__typename'] : null;
  const concrete = isAbstractType(plain) ? schema.getType(name ?? '') : plain;
  if (!isObjectType(concrete)) return [`${path} does not say of which type it is`];
  const wanted = fieldsOf(selections, concrete.name, schema);
  const fields = concrete.getFields();
  return [
    ...Object.keys(said).flatMap((key) => (wanted.has(key) ? [] : [`${path}/${key} was not asked for`])),
    ...[...wanted].flatMap(([key, node]) => {
      const field = fields[node.name.value];
      if (node.name.value === '__typename') return [];
      return field
        ? misfits(schema, field.type, node.selectionSet, said[key], `${path}/${key}`)
        : [`${path}/${key} is not a field of ${concrete.name}`];
    }),
  ];
}

type FieldNode = Extract<SelectionSetNode['selections'][number], { kind: 'Field' }>;

/** The fields that are asked of this type, those in fragments about it among them. */
function fieldsOf(
  { selections }: SelectionSetNode,
  type: string,
  schema: GraphQLSchema,
): ReadonlyMap<string, FieldNode> {
  const found = new Map<string, FieldNode>();
  for (const each of selections) {
    if (each.kind === Kind.FIELD) found.set(each.alias?.value ?? each.name.value, each);
    else if (each.kind === Kind.INLINE_FRAGMENT && each.typeCondition?.name.value === type)
      for (const [key, node] of fieldsOf(each.selectionSet, type, schema)) found.set(key, node);
  }
  return found;
}
