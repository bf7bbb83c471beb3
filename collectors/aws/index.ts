import { collector } from '../collector.ts';
import { accountAuthorizationDetails } from './account-authorization-details.ts';
import { accountSummary } from './account-summary.ts';
import { accounts } from './accounts.ts';
import { consoleSignIns } from './console-sign-ins.ts';
import { credentialReport } from './credential-report.ts';
import { passwordPolicy } from './password-policy.ts';
import { rootSignIns } from './root-sign-ins.ts';
import { Config, scopeOf } from './scope.ts';
import { trailEventSelectors } from './trail-event-selectors.ts';
import { trailStatus } from './trail-status.ts';
import { trails } from './trails.ts';
import { virtualMfaDevices } from './virtual-mfa-devices.ts';

/** Reads an AWS organisation, or one account. To add a dataset, add its file and a line. */
export const aws = collector({
  id: 'aws',
  title: 'Amazon Web Services',
  config: Config,
  scope: scopeOf,
  datasets: [
    accounts,
    credentialReport,
    accountAuthorizationDetails,
    accountSummary,
    virtualMfaDevices,
    passwordPolicy,
    trails,
    trailStatus,
    trailEventSelectors,
    consoleSignIns,
    rootSignIns,
  ],
  grants: async (datasets) => (await import('./grants.ts')).grants(datasets),
  connect: async (config, datasets, io) => (await import('./session.ts')).connect(config, datasets, io),
  decode: async (exchange, bytes) => (await import('./decode.ts')).decode(exchange, bytes),
});
