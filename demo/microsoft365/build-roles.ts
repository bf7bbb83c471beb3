import type { Seeded } from '../aws/random.ts';
import type { M365Assignment, M365User } from './model.ts';

/** Some of Microsoft's roles: https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference */
const ids = {
  globalAdministrator: '62e90394-69f5-4237-9190-012177145e10',
  privilegedRoleAdministrator: 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  securityAdministrator: '194ae4cb-b126-40b2-bd5b-6091b380977d',
  userAdministrator: 'fe930be7-5e62-47db-91af-98c3a49a38b1',
  exchangeAdministrator: '29232cdf-9323-42fd-ade2-1d097af3e4de',
  sharePointAdministrator: 'f28a1f50-f6e7-4571-818b-6a12f2af6b6c',
  helpdeskAdministrator: '729827e3-9c14-49f7-bb1b-9608f156bbb8',
  applicationAdministrator: '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
  cloudApplicationAdministrator: '158c047a-c907-4556-b7ef-446551a6b5f7',
  conditionalAccessAdministrator: 'b1be1c3e-b65d-4f19-8427-f6fa0d97feb9',
  authenticationAdministrator: 'c4e39bd9-1100-46d3-8c65-fb160da0071f',
  privilegedAuthenticationAdministrator: '7be44c8a-adaf-4e2a-84d6-ab2649e08a13',
  billingAdministrator: 'b0f54661-2d74-4c50-afa3-1ec803f12efe',
  globalReader: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
  directoryReaders: '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
} as const;
type RoleName = keyof typeof ids;

export const globalAdministrator = ids.globalAdministrator;

/** As people read them; SharePoint is one word. */
export const roles = Object.entries(ids).map(([name, id]) => ({
  id,
  name: name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/^./, (letter) => letter.toUpperCase())
    .replace('Share Point', 'SharePoint'),
}));

/** The roles that the company's own policy asks for a second factor: all that change something, but it forgot one. */
export const guardedRoles: readonly string[] = Object.values(ids).filter(
  (id) => ![ids.applicationAdministrator, ids.globalReader, ids.directoryReaders].some((no) => no === id),
);

/** The program that holds a role. */
export function pipelineOf(chance: Seeded): M365Assignment['principal'] {
  return { type: 'servicePrincipal', id: chance.uuid('deployer'), displayName: 'Deployment pipeline' };
}

/** Who holds what, by number: the first members, a program, and the account for emergencies. */
export function assignmentsOf(
  chance: Seeded,
  members: readonly M365User[],
  breakGlass: M365User,
): M365Assignment[] {
  const assigned = (role: RoleName, principal: M365Assignment['principal']): M365Assignment => ({
    id: `${chance.hex(`assignment/${role}/${principal.id}`, 28)}-1`,
    role: ids[role],
    scope: '/',
    principal,
  });
  const held: readonly RoleName[] = [
    'globalAdministrator',
    'globalAdministrator',
    'globalAdministrator',
    'userAdministrator',
    'userAdministrator',
    'helpdeskAdministrator',
    'applicationAdministrator',
    'directoryReaders',
  ];
  const people = held.flatMap((role, n) => {
    const user = members[n];
    return user ? [assigned(role, { type: 'user', id: user.id, displayName: user.displayName })] : [];
  });
  return [
    ...people,
    assigned('globalAdministrator', {
      type: 'user',
      id: breakGlass.id,
      displayName: breakGlass.displayName,
    }),
    assigned('cloudApplicationAdministrator', pipelineOf(chance)),
  ];
}
