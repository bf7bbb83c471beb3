import { collector } from '../collector.ts';
import { actionsPermissions } from './actions-permissions.ts';
import { actionsWorkflowPermissions } from './actions-workflow-permissions.ts';
import { appInstallations } from './app-installations.ts';
import { branchProtection } from './branch-protection.ts';
import { branchRules } from './branch-rules.ts';
import { dependabotAlerts } from './dependabot-alerts.ts';
import { members2faDisabled } from './members-2fa-disabled.ts';
import { members2faInsecure } from './members-2fa-insecure.ts';
import { members } from './members.ts';
import { organization } from './organization.ts';
import { outsideCollaborators2faDisabled } from './outside-collaborators-2fa-disabled.ts';
import { outsideCollaborators2faInsecure } from './outside-collaborators-2fa-insecure.ts';
import { outsideCollaborators } from './outside-collaborators.ts';
import { repositories } from './repositories.ts';
import { secretScanningAlerts } from './secret-scanning-alerts.ts';
import { Config, scopeOf } from './scope.ts';

/** Reads one GitHub organisation. To add a dataset, add its file and a line. */
export const github = collector({
  id: 'github',
  title: 'GitHub',
  config: Config,
  scope: scopeOf,
  datasets: [
    organization,
    members,
    members2faDisabled,
    members2faInsecure,
    outsideCollaborators,
    outsideCollaborators2faDisabled,
    outsideCollaborators2faInsecure,
    repositories,
    branchProtection,
    branchRules,
    appInstallations,
    actionsPermissions,
    actionsWorkflowPermissions,
    dependabotAlerts,
    secretScanningAlerts,
  ],
  connect: async (config, datasets, io) => (await import('./session.ts')).connect(config, datasets, io),
  decode: async (exchange, bytes) => (await import('./decode.ts')).decode(exchange, bytes),
});
