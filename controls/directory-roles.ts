import { z } from 'zod';

/** https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference */
export const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';

/**
 * Roles whose holders security defaults ask for a second factor at every sign-in. Everybody else Microsoft asks when it
 * sees fit. https://learn.microsoft.com/entra/fundamentals/security-defaults
 */
export const askedEveryTime: ReadonlySet<string> = new Set([
  globalAdministrator,
  '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', // Application Administrator
  'c4e39bd9-1100-46d3-8c65-fb160da0071f', // Authentication Administrator
  'b0f54661-2d74-4c50-afa3-1ec803f12efe', // Billing Administrator
  '158c047a-c907-4556-b7ef-446551a6b5f7', // Cloud Application Administrator
  'b1be1c3e-b65d-4f19-8427-f6fa0d97feb9', // Conditional Access Administrator
  '29232cdf-9323-42fd-ade2-1d097af3e4de', // Exchange Administrator
  '729827e3-9c14-49f7-bb1b-9608f156bbb8', // Helpdesk Administrator
  '966707d0-3269-4727-9be2-8c3a10f19b9d', // Password Administrator
  '7be44c8a-adaf-4e2a-84d6-ab2649e08a13', // Privileged Authentication Administrator
  '194ae4cb-b126-40b2-bd5b-6091b380977d', // Security Administrator
  'f28a1f50-f6e7-4571-818b-6a12f2af6b6c', // SharePoint Administrator
  'fe930be7-5e62-47db-91af-98c3a49a38b1', // User Administrator
]);

/**
 * Built-in roles that change nothing and read no secrets. Whoever holds any other role, the tenant's own ones among
 * them, is an administrator until somebody says otherwise.
 */
export const harmlessRoles: readonly string[] = [
  '88d8e3e3-8f55-4a1e-953a-9b9898b8876b', // Directory Readers
  'a0b1b346-4d3e-4e8b-98f8-753987be4970', // User
  '10dae51f-b6af-4016-8d66-8c2a99b929b3', // Guest User
  '2af84b1e-32c8-42b7-82bc-daa82404023b', // Restricted Guest User
  '790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b', // Message Center Reader
];

/** Built-in roles that only read, secrets aside. */
export const readingRoles: readonly string[] = [
  'f2ef992c-3afb-46b9-b7cf-a126ee74c451', // Global Reader
  '5d6b6bb7-de71-4623-b4af-96380a352509', // Security Reader
  '88d8e3e3-8f55-4a1e-953a-9b9898b8876b', // Directory Readers
];

/** Roles whose holders can give themselves, or whoever they like, every other one. */
export const highestRoles: readonly string[] = [
  globalAdministrator,
  'e8611ab8-c189-46e8-94e1-60213ab1f814', // Privileged Role Administrator
  '7be44c8a-adaf-4e2a-84d6-ab2649e08a13', // Privileged Authentication Administrator
];

/** Roles whose holders are no administrators, as the policy file may name them: whoever can take every role is one. */
export const UnprivilegedRoles = z
  .array(
    z
      .string()
      .refine(
        (role) => !askedEveryTime.has(role.toLowerCase()) && !highestRoles.includes(role.toLowerCase()),
        'is a role of administrators: no policy makes it another',
      ),
  )
  .default([...harmlessRoles]);

/**
 * Ids of the accounts that the policy file names as those for emergencies, which hold their role outright. Two suffice,
 * so that the name covers nobody else.
 */
export const EmergencyAccounts = z.array(z.guid()).max(2).default([]);
