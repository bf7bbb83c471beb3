import { z } from 'zod';
import { SignIn } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks, within, type Interval, type PersonalData, type Reading } from '../dataset.ts';
import { dataset, silent, Time, timeOf, type Scope } from './scope.ts';

const Item = z.object({
  id: z.string().min(1),
  createdDateTime: Time,
  userId: z.string().nullish(),
  appDisplayName: z.string().nullish(),
  clientAppUsed: z.string().nullish(),
  conditionalAccessStatus: z.string().nullish(),
  authenticationRequirement: z.string().nullish(),
  status: z.object({ errorCode: z.int().nullish() }).nullish(),
});
const personal: readonly PersonalData[] = [
  ...(['account names', 'e-mail addresses', 'names of people'] as const),
  ...(['IP addresses', 'times of use'] as const),
];

/** https://learn.microsoft.com/graph/api/resources/signin?view=graph-rest-beta#properties */
const requirements: Readonly<Record<string, boolean>> = {
  singleFactorAuthentication: false,
  multiFactorAuthentication: true,
};

/**
 * The question for one interval, beside what else is asked for. Graph takes both ends in; whatever lies outside is left
 * out by its own time.
 */
export function during({ from, to }: Interval, also: string) {
  return { $filter: `createdDateTime ge ${from} and createdDateTime le ${to} and ${also}`, $top: '999' };
}

/** For its preview Microsoft wants both: https://learn.microsoft.com/graph/api/signin-list?view=graph-rest-beta#permissions */
export const previewPermissions = ['AuditLog.Read.All', 'Directory.Read.All'];

/**
 * What every reading of the sign-in log has in common. Each asks for sign-ins of one sort by a filter; how many others
 * there were is not told, because Graph does not count sign-ins:
 * https://learn.microsoft.com/graph/api/signin-list#optional-query-parameters
 */
export const signIns = {
  permissions: ['AuditLog.Read.All'],
  licence: 'Microsoft Entra ID P1',
  tier: 'full',
  personal,
  // What a tenant without a licence keeps; those with one keep 30 days.
  // https://learn.microsoft.com/entra/identity/monitoring-health/reference-reports-data-retention
  memoryDays: 7,
  // The vendor names minutes and gives no bound; two hours are ours.
  settleMinutes: 120,
  // Where somebody was and with which device says nothing about how they signed in.
  secrets: [
    '/value/*/location',
    '/value/*/deviceDetail/displayName',
    '/value/*/authenticationAppDeviceDetails',
  ],
  speaks: [
    speaks(SignIn, ['account', 'at', 'succeeded', 'secondFactorAsked', 'application', 'client', 'policies'], {
      lists: true,
    }),
  ],
  lists: [
    dataset.list('/value', Item, (item, reading: Reading<Scope, unknown>) => {
      if (!within(item.createdDateTime, reading)) return [];
      const code = item.status?.errorCode;
      return [
        SignIn.record({
          id: item.id,
          account: known(item.userId, silent),
          at: timeOf(item.createdDateTime),
          succeeded: known(typeof code === 'number' ? code === 0 : null, silent),
          secondFactorAsked: known(
            requirements[item.authenticationRequirement ?? ''],
            'it is told in the preview of Microsoft Graph alone',
          ),
          application: known(item.appDisplayName, silent),
          client: known(item.clientAppUsed, silent),
          policies: known(item.conditionalAccessStatus, silent),
        }),
      ];
    }),
  ],
} as const;
