import { collector } from '../collector.ts';
import { accessAnalyzerFindings } from './access-analyzer-findings.ts';
import { accessAnalyzers } from './access-analyzers.ts';
import { accountAssignments } from './account-assignments.ts';
import { accountAuthorizationDetails } from './account-authorization-details.ts';
import { accountPublicAccessBlocks } from './account-public-access-blocks.ts';
import { accountSummary } from './account-summary.ts';
import { accounts } from './accounts.ts';
import { backupPlans } from './backup-plans.ts';
import { backupVaults } from './backup-vaults.ts';
import { bucketEncryption } from './bucket-encryption.ts';
import { bucketObjectLock } from './bucket-object-lock.ts';
import { bucketPolicyStatus } from './bucket-policy-status.ts';
import { bucketPublicAccessBlocks } from './bucket-public-access-blocks.ts';
import { bucketVersioning } from './bucket-versioning.ts';
import { buckets } from './buckets.ts';
import { centralRootAccess } from './central-root-access.ts';
import { certificates } from './certificates.ts';
import { clusterDetails } from './cluster-details.ts';
import { clusters } from './clusters.ts';
import { configRecorderStatus } from './config-recorder-status.ts';
import { configRecorders } from './config-recorders.ts';
import { consoleSignIns } from './console-sign-ins.ts';
import { credentialReport } from './credential-report.ts';
import { databaseClusters } from './database-clusters.ts';
import { databaseInstances } from './database-instances.ts';
import { databaseSnapshotAttributes } from './database-snapshot-attributes.ts';
import { databaseSnapshots } from './database-snapshots.ts';
import { delegatedAdministrators } from './delegated-administrators.ts';
import { flowLogs } from './flow-logs.ts';
import { functions } from './functions.ts';
import { guarddutyDetectorDetails } from './guardduty-detector-details.ts';
import { guarddutyDetectors } from './guardduty-detectors.ts';
import { identityCenters } from './identity-centers.ts';
import { identityStoreGroups } from './identity-store-groups.ts';
import { identityStoreMemberships } from './identity-store-memberships.ts';
import { identityStoreUsers } from './identity-store-users.ts';
import { imageRegistries } from './image-registries.ts';
import { inspectorCoverage } from './inspector-coverage.ts';
import { inspectorStatus } from './inspector-status.ts';
import { instanceMetadataDefaults } from './instance-metadata-defaults.ts';
import { instances } from './instances.ts';
import { keyDetails } from './key-details.ts';
import { keyRotation } from './key-rotation.ts';
import { keys } from './keys.ts';
import { loadBalancerListeners } from './load-balancer-listeners.ts';
import { loadBalancerRules } from './load-balancer-rules.ts';
import { loadBalancers } from './load-balancers.ts';
import { managedInstances } from './managed-instances.ts';
import { mfaDevices } from './mfa-devices.ts';
import { networkInterfaces } from './network-interfaces.ts';
import { oidcProviderDetails } from './oidc-provider-details.ts';
import { oidcProviders } from './oidc-providers.ts';
import { organizationPolicies } from './organization-policies.ts';
import { organizationPolicyDocuments } from './organization-policy-documents.ts';
import { organizationPolicyTargets } from './organization-policy-targets.ts';
import { organization } from './organization.ts';
import { passwordPolicy } from './password-policy.ts';
import { patchCompliance } from './patch-compliance.ts';
import { permissionSetAccounts } from './permission-set-accounts.ts';
import { permissionSetDetails } from './permission-set-details.ts';
import { permissionSetInlinePolicies } from './permission-set-inline-policies.ts';
import { permissionSetManagedPolicies } from './permission-set-managed-policies.ts';
import { permissionSets } from './permission-sets.ts';
import { protectedResources } from './protected-resources.ts';
import { publicSnapshots } from './public-snapshots.ts';
import { recoveryPoints } from './recovery-points.ts';
import { regions } from './regions.ts';
import { restoreJobs } from './restore-jobs.ts';
import { rootSignIns } from './root-sign-ins.ts';
import { samlProviders } from './saml-providers.ts';
import { Config, scopeOf } from './scope.ts';
import { securityContacts } from './security-contacts.ts';
import { securityGroups } from './security-groups.ts';
import { securityHubFindings } from './security-hub-findings.ts';
import { securityHubStandards } from './security-hub-standards.ts';
import { securityHubs } from './security-hubs.ts';
import { snapshotPublicAccessBlocks } from './snapshot-public-access-blocks.ts';
import { trailEventSelectors } from './trail-event-selectors.ts';
import { trailStatus } from './trail-status.ts';
import { trails } from './trails.ts';
import { virtualMfaDevices } from './virtual-mfa-devices.ts';
import { volumeEncryptionDefaults } from './volume-encryption-defaults.ts';
import { volumes } from './volumes.ts';
import { vpcs } from './vpcs.ts';

/** Reads an AWS organisation, or one account. To add a dataset, add its file and a line. */
export const aws = collector({
  id: 'aws',
  title: 'Amazon Web Services',
  config: Config,
  scope: scopeOf,
  datasets: [
    accounts,
    regions,
    credentialReport,
    accountAuthorizationDetails,
    accountSummary,
    virtualMfaDevices,
    mfaDevices,
    passwordPolicy,
    centralRootAccess,
    samlProviders,
    oidcProviders,
    oidcProviderDetails,
    securityContacts,
    organization,
    organizationPolicies,
    organizationPolicyDocuments,
    organizationPolicyTargets,
    delegatedAdministrators,
    identityCenters,
    identityStoreUsers,
    identityStoreGroups,
    identityStoreMemberships,
    permissionSets,
    permissionSetDetails,
    permissionSetManagedPolicies,
    permissionSetInlinePolicies,
    permissionSetAccounts,
    accountAssignments,
    trails,
    trailStatus,
    trailEventSelectors,
    consoleSignIns,
    rootSignIns,
    configRecorders,
    configRecorderStatus,
    guarddutyDetectors,
    guarddutyDetectorDetails,
    securityHubs,
    securityHubStandards,
    securityHubFindings,
    accessAnalyzers,
    accessAnalyzerFindings,
    inspectorStatus,
    inspectorCoverage,
    accountPublicAccessBlocks,
    buckets,
    bucketPublicAccessBlocks,
    bucketPolicyStatus,
    bucketEncryption,
    bucketVersioning,
    bucketObjectLock,
    volumeEncryptionDefaults,
    snapshotPublicAccessBlocks,
    instanceMetadataDefaults,
    volumes,
    publicSnapshots,
    instances,
    managedInstances,
    patchCompliance,
    securityGroups,
    networkInterfaces,
    vpcs,
    flowLogs,
    loadBalancers,
    loadBalancerListeners,
    loadBalancerRules,
    certificates,
    databaseInstances,
    databaseClusters,
    databaseSnapshots,
    databaseSnapshotAttributes,
    keys,
    keyDetails,
    keyRotation,
    backupPlans,
    backupVaults,
    protectedResources,
    recoveryPoints,
    restoreJobs,
    functions,
    clusters,
    clusterDetails,
    imageRegistries,
  ],
  grants: async (datasets) => (await import('./grants.ts')).grants(datasets),
  connect: async (config, datasets, io) => (await import('./session.ts')).connect(config, datasets, io),
  decode: async (exchange, bytes) => (await import('./decode.ts')).decode(exchange, bytes),
});
