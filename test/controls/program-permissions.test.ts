import { expect, test } from 'vitest';
import { isPowerful, sortOf } from '../../controls/program-permissions.ts';
import { allPermissions } from '../../demo/microsoft365/model.ts';

test.each([
  ...['RoleManagement.ReadWrite.Directory', 'Directory.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All'],
  ...[
    'Mail.Read',
    'Mail.Send',
    'full_access_as_app',
    'Files.Read.All',
    'Sites.FullControl.All',
    'Chat.Read.All',
  ],
  ...['Directory.AccessAsUser.All', 'IMAP.AccessAsUser.All', 'user_impersonation', 'AllSites.Read'],
  ...[
    'User.ManageIdentities.All',
    'DeviceManagementManagedDevices.PrivilegedOperations.All',
    'User.Invite.All',
  ],
])('%s changes something or reads what people wrote', (permission) => {
  expect(isPowerful(permission)).toBe(true);
});

test.each([
  'openid',
  'profile',
  'email',
  'offline_access',
  'User.Read',
  'GroupMember.Read.All',
  'Reports.Read.All',
])('%s does not', (permission) => {
  expect(isPowerful(permission)).toBe(false);
});

test('what Exhibit itself asks for does not, but for the permission that is called to manage Exchange', () => {
  expect(allPermissions.filter(isPowerful)).toEqual(['Exchange.ManageAsApp']);
});

test('of what Exhibit itself asks for the names say that it only reads, but for that permission', () => {
  expect(allPermissions.filter((each) => sortOf(each) !== 'reads')).toEqual(['Exchange.ManageAsApp']);
  expect(sortOf('Exchange.ManageAsApp')).toBe('unknown');
});

test.each([
  ['User.Read', 'reads'],
  ['openid', 'reads'],
  ['Files.ReadWrite', 'changes'],
  ['Mail.Send', 'changes'],
  ['user_impersonation', 'changes'],
  ['Tasks.Process', 'unknown'],
  ['Reader', 'unknown'],
])('the name of %s: %s', (permission, sort) => {
  expect(sortOf(permission)).toBe(sort);
});
