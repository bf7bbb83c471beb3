import { z } from 'zod';
import type { Emission } from '../../evidence-model/kind.ts';
import { ServiceUse } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { within, type Reading } from '../dataset.ts';
import type { Request, Scope } from './scope.ts';

/** One service, of those that a user or role may use, and when it last did. */
export const LastAccess = z.object({
  ServiceNamespace: z.string().min(1),
  LastAuthenticated: z.iso.datetime().optional(),
  LastAuthenticatedRegion: z.string().optional(),
});

type Principal = { readonly id: string; readonly cloudAccount: string };

/** AWS makes such a report of one user or role at a time, and keeps it for a while. */
export function lastAccessRequest({ id, cloudAccount }: Principal): Request {
  return {
    service: 'iam',
    operation: 'GetServiceLastAccessedDetails',
    input: { MaxItems: 1000 },
    account: cloudAccount,
    paging: { out: 'Marker', in: 'Marker', more: 'IsTruncated' },
    job: {
      operation: 'GenerateServiceLastAccessedDetails',
      input: { Arn: id },
      token: 'JobId',
      state: { field: 'JobStatus', pending: 'IN_PROGRESS', done: 'COMPLETED' },
      maximumWaitMs: 2 * 60_000,
    },
  };
}

/** The use, where it was in the time that was asked for. What was not used in that time is nothing that happened in it. */
export function lastAccess(
  { ServiceNamespace, LastAuthenticated: at, LastAuthenticatedRegion }: z.output<typeof LastAccess>,
  reading: Reading<Scope, Principal>,
): Emission[] {
  const { parent } = reading;
  if (at === undefined || !within(at, reading)) return [];
  return [
    ServiceUse.record({
      id: `${parent.id}|${ServiceNamespace}|${at}`,
      cloudAccount: parent.cloudAccount,
      principal: parent.id,
      service: ServiceNamespace,
      at,
      region: known(LastAuthenticatedRegion, 'AWS does not tell it'),
    }),
  ];
}

/** What both such logs have in common. */
export const lastAccessTerms = {
  permissions: ['iam:GenerateServiceLastAccessedDetails', 'iam:GetServiceLastAccessedDetails'],
  tier: 'full',
  // It costs a report for each of them.
  cadence: 'weekly',
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html#access-advisor_tracking-period
  memoryDays: 400,
  // What was done lately is told within four hours, says the same page.
  settleMinutes: 240,
  personal: ['account names', 'times of use'],
} as const;
