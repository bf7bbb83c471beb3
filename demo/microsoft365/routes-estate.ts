import {
  renderDevice,
  renderGroup,
  renderManaged,
  renderMembers,
  renderProgram,
  renderRegistered,
} from './render-estate.ts';
import { list, some, type Route } from './route.ts';

const identity = { limit: 'identity', page: some } as const;
const programs = {
  ...identity,
  permissions: ['Application.Read.All', 'Directory.Read.All'],
  counts: true,
} as const;

/** Groups, programs and devices. */
export const estateRoutes: Readonly<Record<string, Route>> = {
  groups: {
    ...identity,
    permissions: ['GroupMember.Read.All', 'Directory.Read.All'],
    counts: true,
    filters: ['isAssignableToRole'],
    items: ({ model }) => list(model.groups, renderGroup),
  },
  'groups/{}/transitiveMembers': {
    ...identity,
    permissions: ['GroupMember.Read.All', 'Directory.Read.All'],
    units: 5,
    counts: true,
    items({ model, ids: [id] }) {
      const group = model.groups.find((each) => each.id === id);
      return group ? list(renderMembers(model, group), (member) => member) : null;
    },
  },
  applications: {
    ...programs,
    units: 2,
    items: ({ model }) =>
      list(
        model.programs.filter(({ registration }) => registration !== null),
        renderRegistered,
      ),
  },
  servicePrincipals: { ...programs, items: ({ model }) => list(model.programs, renderProgram) },
  "servicePrincipals(appId='{}')": {
    limit: 'identity',
    permissions: ['Application.Read.All', 'Directory.Read.All'],
    setting({ model, ids: [id] }) {
      const program = model.programs.find(({ appId }) => appId === id);
      return program ? renderProgram(program) : null;
    },
  },
  'servicePrincipals/{}/appRoleAssignedTo': {
    ...identity,
    permissions: ['Application.Read.All', 'Directory.Read.All'],
    items({ model, ids: [id] }) {
      const named = (program: string) => model.programs.find((each) => each.id === program);
      const resource = named(id ?? '');
      if (!resource) return null;
      const grants = model.grants.filter((each) => each.resource === id);
      return list(grants, (grant) => ({
        id: grant.id,
        appRoleId: grant.role,
        createdDateTime: grant.at,
        deletedDateTime: null,
        principalDisplayName: named(grant.holder)?.name ?? null,
        principalId: grant.holder,
        principalType: 'ServicePrincipal',
        resourceDisplayName: resource.name,
        resourceId: resource.id,
      }));
    },
  },
  oauth2PermissionGrants: {
    ...identity,
    permissions: ['Directory.Read.All'],
    units: 2,
    items: ({ model }) =>
      list(model.delegated, ({ id, client, resource, of, scope }) => ({
        id,
        clientId: client,
        consentType: of === null ? 'AllPrincipals' : 'Principal',
        principalId: of,
        resourceId: resource,
        scope,
      })),
  },
  devices: {
    ...identity,
    permissions: ['Device.Read.All', 'Directory.Read.All'],
    counts: true,
    items: ({ model }) => list(model.devices, renderDevice),
  },
  'deviceManagement/managedDevices': {
    permissions: ['DeviceManagementManagedDevices.Read.All'],
    limit: 'devices',
    needs: 'intune',
    page: { largest: 1000, usual: 1000 },
    items: ({ model }) =>
      list(
        model.devices.filter(({ intuneId }) => intuneId !== null),
        renderManaged,
      ),
  },
};
