import { z } from 'zod';
import { Credential } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { daysBetween } from '../days.ts';
import { fail, noData, notApplicable, pass } from '../finding.ts';

export const awsAccessKeyAge = control({
  id: 'aws-access-key-age',
  severity: 'high',
  assertion:
    'At each reading, no active access key in any connected AWS account was older than the policy allows (90 days unless the policy says otherwise).',
  board: 'Old keys leak from laptops, logs and old code.',
  remedy: 'Rotate the listed keys, or replace them with roles.',
  collectors: ['aws'],
  population: 'access keys and signing certificates of IAM users and root users',
  parameters: z.strictObject({ maximumDays: z.number().int().min(1).default(90) }),
  over: need(Credential, ['type', 'active', 'rotatedAt']),
  related: {},
  test: (credential, { asOf, parameters: { maximumDays } }) =>
    credential.given(['type', 'active'], ({ type, active }) => {
      if (type !== 'access-key') return notApplicable('it is not an access key');
      if (!active) return notApplicable('the key is switched off');
      return credential.given(['rotatedAt'], ({ rotatedAt }) => {
        const days = daysBetween(rotatedAt, asOf);
        if (days < 0) return noData('the source says that the key was made after it was read');
        const told = `the key is ${days} days old, ${maximumDays} are allowed`;
        return days > maximumDays ? fail(told) : pass(told);
      });
    }),
});
