import { z } from 'zod';
import { Account } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { counting, countIn, dataset, listing } from './scope.ts';

const User = z.object({
  id: z.guid(),
  // Null says that there is none; an answer without it says nothing.
  department: z.string().nullable().optional(),
  jobTitle: z.string().nullable().optional(),
});

const silent = 'Microsoft Graph does not tell it (grant: User.Read.All)';
const toldIn = (text: string | null | undefined) =>
  known(text === undefined ? undefined : text?.trim() ? text : 'none', silent);

/**
 * Where in the company everybody works, and as what: whoever moved within it is told by nothing else, and what they were
 * given for their former work is to be looked at then. Of managers nothing is read, nor anything else of what people are.
 */
export const userPositions = dataset.state({
  id: 'microsoft365/user-positions',
  title: 'Departments and job titles of users',
  docs: 'https://learn.microsoft.com/graph/api/user-list',
  permissions: ['User.Read.All'],
  tier: 'full',
  personal: ['departments and job titles'],
  speaks: [speaks(Account, ['department', 'jobTitle'])],
  requests: () => [listing('/users', { $select: 'id,department,jobTitle', $top: '999' })],
  lists: [
    dataset.list('/value', User, ({ id, department, jobTitle }) => [
      Account.record({ id, department: toldIn(department), jobTitle: toldIn(jobTitle) }),
    ]),
  ],
  neverEmpty: 'a tenant always has an administrator',
  count: { what: "Graph's count of users", request: () => counting('/users'), of: countIn },
});
