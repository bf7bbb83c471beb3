import { buildSchema, graphqlSync, type GraphQLError, type GraphQLSchema } from 'graphql';
import type { HttpReply } from '../http.ts';
import { permissionsIn, standingOf } from './callers.ts';
import { pageOf, refusal, type PageArguments } from './graphql-connections.ts';
import { repositoryNode, userNode, visibleRepositories } from './graphql-repository.ts';
import { schemaText } from './graphql-schema.ts';
import type { GithubIdentity, GithubTeam } from './estate.ts';
import { repositoryCalled, type GithubModel, type GithubOrganization, type GithubToken } from './model.ts';
import { nodeId } from './render.ts';
import { json, problem } from './replies.ts';

let schema: GraphQLSchema | null = null;

/** `POST /graphql`: what is refused or not there is told as GitHub does it, a 200 whose body has `errors`. */
export function graphqlReply(model: GithubModel, token: GithubToken, body: string): HttpReply {
  const question = questionOf(body);
  if (!question) return problem(400, 'Problems parsing JSON', '/graphql');
  schema ??= buildSchema(schemaText);
  const { data, errors = [] } = graphqlSync({
    schema,
    source: question.query,
    variableValues: question.variables,
    rootValue: rootOf(model, token),
  });
  return json({
    ...(data === undefined ? {} : { data }),
    ...(errors.length === 0 ? {} : { errors: errors.map(errorJson) }),
  });
}

function errorJson({ message, path, locations, extensions }: GraphQLError) {
  const { type } = extensions;
  return {
    ...(typeof type === 'string' ? { type } : {}),
    path: path ?? [],
    locations: locations ?? [],
    message,
  };
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

function rootOf(model: GithubModel, token: GithubToken) {
  const named = (login: string) =>
    model.organizations.find((each) => each.login.toLowerCase() === login.toLowerCase());
  return {
    viewer: { login: token.user.login, databaseId: token.user.id },
    organization({ login }: { readonly login: string }) {
      const found = named(login);
      if (!found)
        throw refusal('NOT_FOUND', `Could not resolve to an Organization with the login of '${login}'.`);
      return organizationNode(found, token);
    },
    repository({ owner, name }: { readonly owner: string; readonly name: string }) {
      const organization = named(owner);
      const found = organization && repositoryCalled(organization, name);
      if (!organization || !found || permissionsIn(token, organization, found) === null)
        throw refusal('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
      return repositoryNode(organization, found, token);
    },
    enterprise({ slug }: { readonly slug: string }) {
      const found = model.organizations.find(({ estate }) => estate.enterprise.slug === slug);
      if (!found || !standingOf(token, found).belongs)
        throw refusal('NOT_FOUND', `Could not resolve to a Business with the URL slug of '${slug}'.`);
      return enterpriseNode(found, token);
    },
  };
}

/** Who owns an enterprise sees it, with a classic token alone. */
function enterpriseNode(organization: GithubOrganization, token: GithubToken) {
  const { issuer } = organization.estate;
  const { slug, administrators, identities } = organization.estate.enterprise;
  const seen = token.form === 'classic' && standingOf(token, organization).owns;
  return {
    slug,
    ownerInfo: !seen
      ? null
      : {
          admins: { totalCount: administrators },
          samlIdentityProvider: identities && {
            id: nodeId('EnterpriseIdentityProvider', organization.id),
            issuer,
            externalIdentities: (page: PageArguments) => identitiesIn(identities, page),
          },
          oidcProvider: null,
        },
  };
}

function identitiesIn(identities: readonly GithubIdentity[], page: PageArguments) {
  return pageOf(
    {
      list: [...identities.entries()],
      key: ([n]) => n,
      node: ([, { guid, nameId, scim, user }]) => ({
        guid,
        samlIdentity: nameId === null ? null : { nameId },
        scimIdentity: scim === null ? null : { username: scim },
        user: user === null ? null : { login: 'somebody', databaseId: user },
      }),
    },
    page,
  );
}

const forbidden = () => refusal('FORBIDDEN', 'Resource not accessible by personal access token');
const setting = (on: boolean) => (on ? 'ENABLED' : 'DISABLED');

function organizationNode(organization: GithubOrganization, token: GithubToken) {
  const { estate } = organization;
  const { belongs, owns, grants } = standingOf(token, organization);
  const people = () => {
    if (belongs && !grants.members) throw forbidden();
  };
  const administration = () => {
    if (!owns || !grants.organizationAdministration) throw forbidden();
  };
  const numbered = <T extends { readonly id: number }>(list: readonly T[]) =>
    list.toSorted((a, b) => a.id - b.id);
  const inOrder = <T, Node>(list: readonly T[], node: (item: T) => Node, page: PageArguments) =>
    pageOf({ list: [...list.entries()], key: ([n]) => n, node: ([, item]) => node(item) }, page);
  return {
    login: organization.login,
    name: organization.name,
    databaseId: organization.id,
    membersWithRole(page: PageArguments) {
      people();
      const list = numbered(organization.members.filter(({ isPublic }) => belongs || isPublic));
      // Whoever may not see the addresses of members is shown none.
      const seen = owns && grants.members;
      const node = (member: (typeof list)[number]) => ({
        ...userNode(member),
        organizationVerifiedDomainEmails: ({ login }: { readonly login: string }) =>
          seen && login.toLowerCase() === organization.login.toLowerCase()
            ? (member.verifiedAddresses ?? [])
            : [],
      });
      return pageOf({ list, key: ({ id }) => id, node }, page);
    },
    repositories: (page: PageArguments) =>
      pageOf(
        {
          list: numbered(visibleRepositories(organization, token)),
          key: ({ id }) => id,
          node: (repository) => repositoryNode(organization, repository, token),
        },
        page,
      ),
    teams(page: PageArguments) {
      people();
      const list = belongs ? numbered(estate.teams) : [];
      return pageOf({ list, key: ({ id }) => id, node: (team) => teamNode(organization, team, token) }, page);
    },
    team({ slug }: { readonly slug: string }) {
      people();
      const found = belongs ? estate.teams.find((team) => team.slug === slug) : undefined;
      return found ? teamNode(organization, found, token) : null;
    },
    samlIdentityProvider() {
      // Whoever may not know is told that there is none.
      const { identities, issuer } = estate;
      if (!owns || !grants.organizationAdministration || identities === null) return null;
      return {
        id: nodeId('OrganizationIdentityProvider', organization.id),
        issuer,
        externalIdentities: (page: PageArguments) => identitiesIn(identities, page),
      };
    },
    ipAllowListEnabledSetting() {
      administration();
      return setting(estate.addresses.enabled);
    },
    ipAllowListForInstalledAppsEnabledSetting() {
      administration();
      return setting(estate.addresses.forPrograms);
    },
    ipAllowListEntries(page: PageArguments) {
      administration();
      return inOrder(
        estate.addresses.ranges,
        ({ id, value, active }) => ({ id, allowListValue: value, isActive: active }),
        page,
      );
    },
    notificationDeliveryRestrictionEnabledSetting() {
      administration();
      return setting(estate.domains.restricted);
    },
    domains(page: PageArguments) {
      administration();
      return inOrder(
        estate.domains.list,
        ({ id, domain, verified }) => ({ id, domain, isVerified: verified }),
        page,
      );
    },
  };
}

function teamNode(organization: GithubOrganization, team: GithubTeam, token: GithubToken) {
  const { members, outsideCollaborators, estate } = organization;
  const people = new Map([...members, ...outsideCollaborators].map((each) => [each.id, each]));
  const visible = new Map(visibleRepositories(organization, token).map((each) => [each.name, each]));
  return {
    databaseId: team.id,
    slug: team.slug,
    parentTeam: () => {
      const parent = estate.teams.find(({ id }) => id === team.parent);
      return parent ? teamNode(organization, parent, token) : null;
    },
    members: (page: PageArguments) =>
      pageOf(
        {
          list: team.members
            .flatMap(({ user, maintainer }) => {
              const person = people.get(user);
              return person ? [{ person, maintainer }] : [];
            })
            .sort((a, b) => a.person.id - b.person.id),
          key: ({ person }) => person.id,
          node: ({ person }) => userNode(person),
          edge: ({ maintainer }) => ({ role: maintainer ? 'MAINTAINER' : 'MEMBER' }),
        },
        page,
      ),
    repositories: (page: PageArguments) =>
      pageOf(
        {
          list: team.repositories
            .flatMap(({ name, permission }) => {
              const repository = visible.get(name);
              return repository ? [{ repository, permission }] : [];
            })
            .sort((a, b) => a.repository.id - b.repository.id),
          key: ({ repository }) => repository.id,
          node: ({ repository }) => repositoryNode(organization, repository, token),
          edge: ({ permission }) => ({ permission }),
        },
        page,
      ),
  };
}
