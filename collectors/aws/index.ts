import { collector } from '../collector.ts';
import { accessAnalyzerFindings } from './access-analyzer-findings.ts';
import { accessAnalyzers } from './access-analyzers.ts';
import { accountAssignments } from './account-assignments.ts';
import { accountAuthorizationDetails } from './account-authorization-details.ts';
import { accountPublicAccessBlocks } from './account-public-access-blocks.ts';
import { accountSummary } from './account-summary.ts';
import { accounts } from './accounts.ts';
import { alarms } from './alarms.ts';
import { backupPlans } from './backup-plans.ts';
import { backupVaults } from './backup-vaults.ts';
import { bucketEncryption } from './bucket-encryption.ts';
import { bucketLifecycle } from './bucket-lifecycle.ts';
import { bucketObjectLock } from './bucket-object-lock.ts';
import { bucketPolicyStatus } from './bucket-policy-status.ts';
import { bucketPublicAccessBlocks } from './bucket-public-access-blocks.ts';
import { bucketVersioning } from './bucket-versioning.ts';
import { buckets } from './buckets.ts';
import { centralRootAccess } from './central-root-access.ts';
import { certificates } from './certificates.ts';
import { clusterAccessEntries } from './cluster-access-entries.ts';
import { clusterDetails } from './cluster-details.ts';
import { clusters } from './clusters.ts';
import { configAggregators } from './config-aggregators.ts';
import { configRecorderStatus } from './config-recorder-status.ts';
import { configRecorders } from './config-recorders.ts';
import { consoleSignIns } from './console-sign-ins.ts';
import { credentialReport } from './credential-report.ts';
import { databaseClusterSnapshotAttributes } from './database-cluster-snapshot-attributes.ts';
import { databaseClusterSnapshots } from './database-cluster-snapshots.ts';
import { databaseClusters } from './database-clusters.ts';
import { databaseInstances } from './database-instances.ts';
import { databaseSnapshotAttributes } from './database-snapshot-attributes.ts';
import { databaseSnapshots } from './database-snapshots.ts';
import { delegatedAdministrators } from './delegated-administrators.ts';
import { distributions } from './distributions.ts';
import { fileSystemBackups } from './file-system-backups.ts';
import { fileSystems } from './file-systems.ts';
import { flowLogs } from './flow-logs.ts';
import { functions } from './functions.ts';
import { guarddutyCoverage } from './guardduty-coverage.ts';
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
import { logGroups } from './log-groups.ts';
import { managedInstances } from './managed-instances.ts';
import { metricFilters } from './metric-filters.ts';
import { mfaDevices } from './mfa-devices.ts';
import { networkInterfaces } from './network-interfaces.ts';
import { oidcProviderDetails } from './oidc-provider-details.ts';
import { oidcProviders } from './oidc-providers.ts';
import { organization } from './organization.ts';
import { organizationPolicies } from './organization-policies.ts';
import { organizationPolicyDocuments } from './organization-policy-documents.ts';
import { organizationPolicyTargets } from './organization-policy-targets.ts';
import { passwordPolicy } from './password-policy.ts';
import { patchCompliance } from './patch-compliance.ts';
import { permissionSetAccounts } from './permission-set-accounts.ts';
import { permissionSetDetails } from './permission-set-details.ts';
import { permissionSetInlinePolicies } from './permission-set-inline-policies.ts';
import { permissionSetManagedPolicies } from './permission-set-managed-policies.ts';
import { permissionSets } from './permission-sets.ts';
import { protectedResources } from './protected-resources.ts';
import { publicSnapshots } from './public-snapshots.ts';
import { reader } from './reader.ts';
import { recoveryPoints } from './recovery-points.ts';
import { regions } from './regions.ts';
import { restoreJobs } from './restore-jobs.ts';
import { restoreTestingPlans } from './restore-testing-plans.ts';
import { roleServiceUses } from './role-service-uses.ts';
import { rootSignIns } from './root-sign-ins.ts';
import { samlProviders } from './saml-providers.ts';
import { Config, scopeOf } from './scope.ts';
import { secrets } from './secrets.ts';
import { securityContacts } from './security-contacts.ts';
import { securityGroups } from './security-groups.ts';
import { securityHubFindings } from './security-hub-findings.ts';
import { securityHubStandards } from './security-hub-standards.ts';
import { securityHubs } from './security-hubs.ts';
import { snapshotPublicAccessBlocks } from './snapshot-public-access-blocks.ts';
import { tableBackups } from './table-backups.ts';
import { tables } from './tables.ts';
import { topicSubscribers } from './topic-subscribers.ts';
import { topics } from './topics.ts';
import { trailEventSelectors } from './trail-event-selectors.ts';
import { trailStatus } from './trail-status.ts';
import { trails } from './trails.ts';
import { userServiceUses } from './user-service-uses.ts';
import { virtualMfaDevices } from './virtual-mfa-devices.ts';
import { volumeEncryptionDefaults } from './volume-encryption-defaults.ts';
import { volumes } from './volumes.ts';
import { vpcPeerings } from './vpc-peerings.ts';
import { vpcs } from './vpcs.ts';
import { webAcls } from './web-acls.ts';

/** Reads an AWS organisation, or one account. To add a dataset, add its file and a line. */
export const aws = collector({
  id: 'aws',
  title: 'Amazon Web Services',
  config: Config,
  scope: scopeOf,
  datasets: [
    accounts,
    reader,
    regions,
    credentialReport,
    accountAuthorizationDetails,
    accountSummary,
    userServiceUses,
    roleServiceUses,
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
    logGroups,
    metricFilters,
    alarms,
    topics,
    topicSubscribers,
    consoleSignIns,
    rootSignIns,
    configRecorders,
    configRecorderStatus,
    configAggregators,
    guarddutyDetectors,
    guarddutyDetectorDetails,
    guarddutyCoverage,
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
    bucketLifecycle,
    volumeEncryptionDefaults,
    snapshotPublicAccessBlocks,
    instanceMetadataDefaults,
    volumes,
    publicSnapshots,
    fileSystems,
    fileSystemBackups,
    instances,
    managedInstances,
    patchCompliance,
    securityGroups,
    networkInterfaces,
    vpcs,
    vpcPeerings,
    flowLogs,
    loadBalancers,
    loadBalancerListeners,
    distributions,
    webAcls,
    loadBalancerRules,
    certificates,
    databaseInstances,
    databaseClusters,
    databaseSnapshots,
    databaseSnapshotAttributes,
    databaseClusterSnapshots,
    databaseClusterSnapshotAttributes,
    tables,
    tableBackups,
    keys,
    keyDetails,
    keyRotation,
    secrets,
    backupPlans,
    backupVaults,
    protectedResources,
    recoveryPoints,
    restoreJobs,
    restoreTestingPlans,
    functions,
    clusters,
    clusterDetails,
    clusterAccessEntries,
    imageRegistries,
  ],
  grants: async (datasets) => (await import('./grants.ts')).grants(datasets),
  connect: async (config, datasets, io) => (await import('./session.ts')).connect(config, datasets, io),
  decode: async (exchange, bytes) => (await import('./decode.ts')).decode(exchange, bytes),
});
