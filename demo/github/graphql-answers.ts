import type { HttpReply } from '../http.ts';
import { permissionsIn, standingOf } from './callers.ts';
import { parse, Unparsable, type Selection } from './graphql.ts';
import type { GithubModel, GithubOrganization, GithubToken } from './model.ts';
import { json, problem } from './replies.ts';

interface GraphqlError {
  readonly type?: string;
  readonly message: string;
  readonly path: readonly string[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** What a field is: a scalar, or something with fields of its own. `null` with an error is refused, not absent. */
type Resolver = (
  selection: Selection,
  path: readonly string[],
) => { readonly value: unknown } | { readonly errors: readonly GraphqlError[] };

/**
 * `POST /graphql`, as far as evidence asks: the caller, and how many members and repositories an organisation has.
 * Everything else is an error, as GitHub words it: a 200 whose body has `errors`.
 */
export function graphqlReply(model: GithubModel, token: GithubToken, body: string): HttpReply {
  const question = questionOf(body);
  if (!question) return problem(400, 'Problems parsing JSON', '/graphql');
  try {
    const operation = parse(question.query, question.variables);
    if (operation.type !== 'query')
      return json({ errors: [{ message: `This server is asked, never told: ${operation.type}`, path: [] }] });
    const { value, errors } = select(operation.fields, [], root(model, token), 'Query');
    // A field that the schema does not have stops the whole document, before anything is looked up.
    if (errors.some(({ extensions }) => extensions !== undefined)) return json({ errors });
    return json({ data: value, ...(errors.length > 0 ? { errors } : {}) });
  } catch (error) {
    if (error instanceof Unparsable) return json({ errors: [{ message: error.message }] });
    throw error;
  }
}

function questionOf(
  body: string,
): { readonly query: string; readonly variables: Readonly<Record<string, unknown>> } | null {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null || !('query' in value)) return null;
    const { query } = value;
    const variables = 'variables' in value ? value.variables : null;
    return typeof query === 'string'
      ? { query, variables: (variables ?? {}) as Readonly<Record<string, unknown>> }
      : null;
  } catch {
    return null;
  }
}

function root(model: GithubModel, token: GithubToken): Readonly<Record<string, Resolver>> {
  return {
    viewer: (selection, path) =>
      below(selection, path, { login: scalar(token.user.login), databaseId: scalar(token.user.id) }, 'User'),
    organization: (selection, path) => {
      const { login } = selection.arguments;
      if (typeof login !== 'string')
        return refused(path, 'argumentLiteralsIncompatible', "Argument 'login' has an invalid value");
      const organization = model.organizations.find(
        (each) => each.login.toLowerCase() === login.toLowerCase(),
      );
      if (!organization)
        return {
          errors: [
            {
              type: 'NOT_FOUND',
              path,
              message: `Could not resolve to an Organization with the login of '${login}'.`,
            },
          ],
        };
      return below(selection, path, organizationFields(organization, token), 'Organization');
    },
  };
}

function organizationFields(
  organization: GithubOrganization,
  token: GithubToken,
): Readonly<Record<string, Resolver>> {
  const { belongs, grants } = standingOf(token, organization);
  return {
    login: scalar(organization.login),
    name: scalar(organization.name),
    databaseId: scalar(organization.id),
    membersWithRole: (selection, path) => {
      if (belongs && !grants.members)
        return {
          errors: [{ type: 'FORBIDDEN', path, message: 'Resource not accessible by personal access token' }],
        };
      const seen = organization.members.filter(({ isPublic }) => belongs || isPublic);
      return below(selection, path, { totalCount: scalar(seen.length) }, 'OrganizationMemberConnection');
    },
    repositories: (selection, path) => {
      const seen = organization.repositories.filter((each) => permissionsIn(token, organization, each));
      return below(selection, path, { totalCount: scalar(seen.length) }, 'RepositoryConnection');
    },
  };
}

function scalar(value: string | number): Resolver {
  return (selection, path) =>
    selection.fields.length > 0 || Object.keys(selection.arguments).length > 0
      ? refused(path, 'selectionMismatch', `Field '${selection.name}' takes neither fields nor arguments`)
      : { value };
}

function below(
  selection: Selection,
  path: readonly string[],
  resolvers: Readonly<Record<string, Resolver>>,
  type: string,
): ReturnType<Resolver> {
  // A page size does not change a count; any other argument might.
  const unknown = Object.keys(selection.arguments).find((name) => name !== 'login' && name !== 'first');
  if (unknown !== undefined)
    return refused(
      path,
      'argumentNotAccepted',
      `Field '${selection.name}' doesn't accept argument '${unknown}'`,
    );
  if (selection.fields.length === 0)
    return refused(path, 'selectionMismatch', `Field '${selection.name}' must have selections`);
  const { value, errors } = select(selection.fields, path, resolvers, type);
  // What is refused below is null where it stands, and told beside it.
  return errors.length === 0 ? { value } : { value, errors };
}

function select(
  fields: readonly Selection[],
  path: readonly string[],
  resolvers: Readonly<Record<string, Resolver>>,
  type: string,
): { readonly value: Record<string, unknown>; readonly errors: readonly GraphqlError[] } {
  const value: Record<string, unknown> = {};
  const errors: GraphqlError[] = [];
  for (const field of fields) {
    const here = [...path, field.alias];
    const resolve = Object.hasOwn(resolvers, field.name) ? resolvers[field.name] : undefined;
    const found = resolve
      ? resolve(field, here)
      : refused(here, 'undefinedField', `Field '${field.name}' doesn't exist on type '${type}'`);
    value[field.alias] = 'value' in found ? found.value : null;
    if ('errors' in found) errors.push(...found.errors);
  }
  return { value, errors };
}

function refused(
  path: readonly string[],
  code: string,
  message: string,
): { readonly errors: readonly GraphqlError[] } {
  return { errors: [{ path, message, extensions: { code } }] };
}
