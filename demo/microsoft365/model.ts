import type { M365Estate } from './model-estate.ts';

/*
 * The synthetic Microsoft 365 tenant as data. Nothing here is readonly on purpose: the server reads the model anew at
 * each request, so a test may change a fact between two nights.
 */

export interface Microsoft365Model extends M365Estate {
  /** The tenant's id. */
  tenant: string;
  name: string;
  domain: string;
  /** What was bought: without it nobody reads what belongs to it. */
  licences: { p1: boolean; p2: boolean; intune: boolean };
  applications: M365Application[];
  users: M365User[];
  securityDefaults: boolean;
  policies: M365Policy[];
  roles: M365Role[];
  assignments: M365Assignment[];
  skus: M365Sku[];
  audits: M365Audit[];
}

/** An application that may sign in, with the permissions that somebody consented to. */
export interface M365Application {
  name: string;
  clientId: string;
  secret: { value: string; expiresAt: string };
  /** PEM of a certificate whose key it may prove itself with. */
  certificate: string | null;
  /** Whose word of somebody else's it takes for its own, and by which key, as PEM, that is checked. */
  federated: { issuer: string; subject: string; publicKey: string } | null;
  permissions: string[];
}

export interface M365User {
  id: string;
  userPrincipalName: string;
  mail: string;
  displayName: string;
  phone: string;
  /** Addresses at which mail reaches it beside that one. */
  aliases: string[];
  department: string | null;
  jobTitle: string | null;
  enabled: boolean;
  guest: boolean;
  /** Ids of licences that somebody gave it. */
  licences: string[];
  createdAt: string;
  /** When somebody last signed in with it; `null` where Microsoft has no record of that. */
  signedInAt: string | null;
  /** `left-out`: the registration report has no row of it. */
  registration: 'usable' | 'unusable' | 'none' | 'left-out';
}

/** A conditional access policy, as far as what it says differs from one to the other. */
export interface M365Policy {
  id: string;
  name: string;
  state: 'enabled' | 'disabled' | 'enabledForReportingButNotEnforced';
  include: { users?: string[]; groups?: string[]; roles?: string[] };
  exclude: { users?: string[]; groups?: string[]; roles?: string[] };
  /** `All`, or ids of applications. */
  applications: string[];
  clients: string[];
  /** Named locations that it does not reach, such as `AllTrusted`; `null` where it does not ask where somebody is. */
  exceptAt: string[] | null;
  controls: string[];
  /** The set of methods that it asks for. */
  strength: string | null;
}

export interface M365Role {
  id: string;
  name: string;
  builtIn: boolean;
}

export interface M365Assignment {
  id: string;
  role: string;
  /** `/`, or an administrative unit. */
  scope: string;
  principal: { type: 'user' | 'group' | 'servicePrincipal'; id: string; displayName: string };
}

export interface M365Sku {
  id: string;
  name: string;
  state: 'Enabled' | 'Suspended';
  seats: number;
  used: number;
  plans: { id: string; name: string; provisioned: boolean }[];
}

export interface M365Audit {
  id: string;
  /** What belongs to one action has one of these. */
  correlation: string;
  /** With seven digits behind the point, as Microsoft writes it. */
  at: string;
  activity: string;
  category: string;
  succeeded: boolean;
  by: { type: 'user' | 'app'; id: string; displayName: string };
  targets: {
    type: string;
    id: string;
    displayName: string;
    changed: { name: string; from: string; to: string }[];
  }[];
}

/** What an application needs to read everything that there is here. */
export const allPermissions: readonly string[] = [
  'AccessReview.Read.All',
  'Application.Read.All',
  'AuditLog.Read.All',
  'BitlockerKey.ReadBasic.All',
  'Device.Read.All',
  'DeviceManagementConfiguration.Read.All',
  'DeviceManagementManagedDevices.Read.All',
  'DeviceManagementServiceConfig.Read.All',
  'Exchange.ManageAsApp',
  'Directory.Read.All',
  'Domain.Read.All',
  'GroupMember.Read.All',
  'IdentityProvider.Read.All',
  'IdentityRiskEvent.Read.All',
  'IdentityRiskyUser.Read.All',
  'Member.Read.Hidden',
  'OnPremDirectorySynchronization.Read.All',
  'Organization.Read.All',
  'Policy.Read.All',
  'Policy.Read.ConditionalAccess',
  'Policy.Read.DeviceConfiguration',
  'PrivilegedEligibilitySchedule.Read.AzureADGroup',
  'RoleAssignmentSchedule.Read.Directory',
  'RoleEligibilitySchedule.Read.Directory',
  'RoleManagement.Read.Directory',
  'RoleManagementPolicy.Read.Directory',
  'SecurityEvents.Read.All',
  'SecurityIncident.Read.All',
  'SharePointTenantSettings.Read.All',
  'User.Read.All',
  'UserAuthenticationMethod.Read.All',
];
