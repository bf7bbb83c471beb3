import { z } from 'zod';
import { CloudAccount } from '../../evidence-model/kinds.ts';
import { known, type Unknown } from '../../evidence-model/unknown.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { dataset, type Scope } from './scope.ts';

const Item = z.object({
  Id: z.string().regex(/^\d{12}$/),
  Name: z.string().optional(),
  State: z.string().optional(),
  Status: z.string().optional(),
  JoinedTimestamp: z.iso.datetime().optional(),
});

/** The accounts of the organisation; where only one account is read, the one that the credentials belong to. */
export const accounts = dataset.state({
  id: 'aws/accounts',
  title: 'Accounts',
  docs: 'https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html',
  permissions: ['organizations:ListAccounts'],
  tier: 'insurance-mfa',
  personal: ['e-mail addresses'],
  speaks: [speaks(CloudAccount, ['name', 'state', 'joinedAt'], { lists: true })],
  neverEmpty: 'the account that is asked is one itself',
  requests: (scope) =>
    scope.accounts === 'this'
      ? [{ service: 'sts', operation: 'GetCallerIdentity', input: {}, account: null }]
      : [
          {
            service: 'organizations',
            operation: 'ListAccounts',
            input: {},
            account: null,
            paging: { out: 'NextToken', in: 'NextToken' },
          },
        ],
  // GetCallerIdentity names one account where ListAccounts lists them.
  parse: (value) =>
    typeof value === 'object' && value !== null && 'Account' in value
      ? { Accounts: [{ Id: value.Account }] }
      : value,
  lists: [
    dataset.list('/Accounts', Item, ({ Id, Name, State, Status, JoinedTimestamp }, { scope }) => {
      const reason = 'AWS does not tell it here';
      return [
        CloudAccount.record({
          id: Id,
          name: known(Name, reason),
          // Its credentials answered, so the account is in use; AWS has no other word for that.
          state: scope.accounts === 'this' ? 'ACTIVE' : stateOf(State, Status),
          joinedAt: known(JoinedTimestamp, reason),
        }),
      ];
    }),
  ],
});

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html */
const states = ['PENDING_ACTIVATION', 'ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE', 'CLOSED'];

/** A word that nobody knows is no news, and good news least of all. State takes the place of Status in 2026. */
function stateOf(state: string | undefined, status: string | undefined): string | Unknown {
  const word = state ?? status;
  if (word === undefined) return { unknown: 'AWS does not tell it here' };
  if (!states.includes(word)) return { unknown: `AWS calls the account ${word}, which is not understood` };
  const differ =
    state !== undefined && status !== undefined && (state === 'ACTIVE') !== (status === 'ACTIVE');
  return differ ? { unknown: `AWS calls the account both ${state} and ${status}` } : word;
}

/** Asked once for every account that is in use; in a suspended or closed one nothing answers. */
export const activeAccounts = each(accounts, CloudAccount, ['state'], ({ state }) => state === 'ACTIVE');

/** What an item of such a question is read with. */
export type OfAccount = Reading<Scope, Parameters<typeof activeAccounts.where>[0]>;
