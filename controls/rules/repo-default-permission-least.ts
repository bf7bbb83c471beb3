import { z } from 'zod';
import { Organization } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { all, fail, pass } from '../finding.ts';

export const repoDefaultPermissionLeast = control({
  id: 'repo-default-permission-least',
  severity: 'medium',
  assertion:
    'At each reading, every connected GitHub organisation gave its members no more than read access by default, and did not let them create public repositories, delete repositories, or change the visibility of repositories.',
  board: 'Limits the damage that one account can do.',
  remedy:
    'Set the base permission to Read or None, and turn off public creation, deletion and visibility changes for members.',
  collectors: ['github'],
  population: 'connected GitHub organisations',
  parameters: z.strictObject({}),
  over: need(Organization, [
    'basePermission',
    'membersCanCreatePublicRepositories',
    'membersCanDeleteRepositories',
    'membersCanChangeRepositoryVisibility',
  ]),
  related: {},
  test: (organization) =>
    all([
      organization.given(['basePermission'], ({ basePermission }) =>
        basePermission === 'none' || basePermission === 'read'
          ? pass(`the base permission is ${basePermission}`)
          : fail(`the base permission is ${basePermission}`),
      ),
      organization.given(['membersCanCreatePublicRepositories'], (it) =>
        it.membersCanCreatePublicRepositories
          ? fail('members can create public repositories')
          : pass('members cannot create public repositories'),
      ),
      organization.given(['membersCanDeleteRepositories'], (it) =>
        it.membersCanDeleteRepositories
          ? fail('members can delete repositories')
          : pass('members cannot delete repositories'),
      ),
      organization.given(['membersCanChangeRepositoryVisibility'], (it) =>
        it.membersCanChangeRepositoryVisibility
          ? fail('members can change the visibility of repositories')
          : pass('members cannot change the visibility of repositories'),
      ),
    ]),
});
