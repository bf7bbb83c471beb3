import { type Case, denied, unknown, without } from '../told.ts';
import { rights } from '../worlds/rights.ts';

const policies = (...names: string[]) => rights({ may: { consentPolicies: names } });
const self = 'ManagePermissionGrantsForSelf.microsoft-user-default';

export const cases: readonly Case[] = [
  ['people let in what is low', policies(`${self}-low`), 'pass'],
  ['people let in nothing', policies(), 'pass'],
  ['owners of groups let in something', policies('ManagePermissionGrantsForOwnedResource.team'), 'pass'],
  ['people let in anything', policies(`${self}-legacy`), 'fail'],
  ['people let in what is low, and anything', policies(`${self}-low`, `${self}-legacy`), 'fail'],
  ['Microsoft decides', policies(`${self}-recommended`), 'no-data'],
  ['a policy of the company’s own decides', policies('ManagePermissionGrantsForSelf.ours'), 'no-data'],
  ['a right is of a form that is not known', policies('everything'), 'no-data'],
  ['what they let in is not told', rights({ may: { consentPolicies: unknown } }), 'no-data'],
  ['it is refused', denied(rights(), 'microsoft365/authorization-policy'), 'no-data'],
  ['nobody read it', without(rights(), 'microsoft365/authorization-policy'), 'no-data'],
];
