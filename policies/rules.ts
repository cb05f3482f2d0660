import { OF_GRANTS, OF_NETWORKS, OF_STORES } from "./rules-of-resources.ts";
import { balancerRulesAreForOwnHosts } from "./premise-1-gateway-only/balancer-rules-are-for-own-hosts.ts";
import { bffsAdmitOnlyLoadBalancers } from "./premise-1-gateway-only/bffs-admit-only-load-balancers.ts";
import { gatewaysAuthenticateCallers } from "./premise-1-gateway-only/gateways-authenticate-callers.ts";
import { gatewaysEnforcePolicies } from "./premise-1-gateway-only/gateways-enforce-policies.ts";
import { interceptorsSeeEveryCall } from "./premise-1-gateway-only/interceptors-see-every-call.ts";
import { runtimesRefuseOtherCallers } from "./premise-1-gateway-only/runtimes-refuse-other-callers.ts";
import { settingsAreOfTheStack } from "./premise-1-gateway-only/settings-are-of-the-stack.ts";
import { mcpRuntimesStandBehindAGateway } from "./premise-1-gateway-only/mcp-runtimes-stand-behind-a-gateway.ts";
import { onlyGatewaysInvokeMcpRuntimes } from "./premise-1-gateway-only/only-gateways-invoke-mcp-runtimes.ts";
import { targetsAreCalledAsTheGateway } from "./premise-1-gateway-only/targets-are-called-as-the-gateway.ts";
import { agentsHaveTheirOwnIdentity } from "./premise-2-agent-to-agent/agents-have-their-own-identity.ts";
import { agentsMeetOnlyOnTheA2aPort } from "./premise-2-agent-to-agent/agents-meet-only-on-the-a2a-port.ts";
import { agentsScaleIndependently } from "./premise-2-agent-to-agent/agents-scale-independently.ts";
import { agentsSpeakA2a } from "./premise-2-agent-to-agent/agents-speak-a2a.ts";
import { clusterEndpointIsPrivate } from "./premise-3-private-network/cluster-endpoint-is-private.ts";
import { dataStoresArePrivate } from "./premise-3-private-network/data-stores-are-private.ts";
import { dataTravelsEncrypted } from "./premise-3-private-network/data-travels-encrypted.ts";
import { databasesAdmitOnlyTheirServer } from "./premise-3-private-network/databases-admit-only-their-server.ts";
import { dedicatedNodesRunTheirService } from "./premise-4-registered-clients/dedicated-nodes-run-their-service.ts";
import { identityServersAreClosed } from "./premise-4-registered-clients/identity-servers-are-closed.ts";
import { loadBalancersAreGuarded } from "./premise-3-private-network/load-balancers-are-guarded.ts";
import { podsAdmitNamedPeersOnly } from "./premise-3-private-network/pods-admit-named-peers-only.ts";
import { entriesAreBehindAWebAcl } from "./premise-1-gateway-only/entries-are-behind-a-web-acl.ts";
import { endpointsServeOnlyTheAccount } from "./premise-3-private-network/endpoints-serve-only-the-account.ts";
import { privateServicesHaveEndpoints } from "./premise-3-private-network/private-services-have-endpoints.ts";
import { runtimesRunInTheVpc } from "./premise-3-private-network/runtimes-run-in-the-vpc.ts";
import { securityGroupRulesSayWhatFor } from "./premise-3-private-network/security-group-rules-say-what-for.ts";
import { securityGroupsAdmitNoInternet } from "./premise-3-private-network/security-groups-admit-no-internet.ts";
import { subnetsHandOutNoPublicAddresses } from "./premise-3-private-network/subnets-hand-out-no-public-addresses.ts";
import { podsReachOnlyNamesThatTheyNeed } from "./premise-3-private-network/names/pods-reach-only-names-that-they-need.ts";
import { trafficLeavesByName } from "./premise-3-private-network/traffic-leaves-by-name.ts";
import { vpcsRecordNames } from "./premise-3-private-network/vpcs-record-names.ts";
import { webAclsBlock } from "./premise-1-gateway-only/web-acls-block.ts";
import { administrationIsNotPublic } from "./premise-4-registered-clients/administration-is-not-public.ts";
import { anonymousRegistrationIsPoliced } from "./premise-4-registered-clients/anonymous-registration-is-policed.ts";
import { identityServersAnswerForOneHost } from "./premise-4-registered-clients/identity-servers-answer-for-one-host.ts";
import { internalGatewaysTrustTheRealm } from "./premise-4-registered-clients/internal-gateways-trust-the-realm.ts";
import { machineClientsSignNobodyIn } from "./premise-4-registered-clients/machine-clients-sign-nobody-in.ts";
import { powerfulScopesAreNotRegistrable } from "./premise-4-registered-clients/powerful-scopes-are-not-registrable.ts";
import { realmsEnforcePkce } from "./premise-4-registered-clients/realms-enforce-pkce.ts";
import { realmsSpeakForTheirOwnTenant } from "./premise-4-registered-clients/realms-speak-for-their-own-tenant.ts";
import { registeredClientsMakeTheRealmFetchNothing } from "./premise-4-registered-clients/registered-clients-make-the-realm-fetch-nothing.ts";
import { userPoolClientsKeepToSafeFlows } from "./premise-4-registered-clients/user-pool-clients-keep-to-safe-flows.ts";
import { BACKUP_RULES } from "./backup-rules.ts";
import { bucketsRefuseOtherKeys } from "./premise-5-tenant-isolation/buckets-refuse-other-keys.ts";
import { containersBoundWhatTheyUse } from "./premise-5-tenant-isolation/containers-bound-what-they-use.ts";
import { dataStoresSurviveMistakes } from "./premise-5-tenant-isolation/data-stores-survive-mistakes.ts";
import { encryptionKeysRotate } from "./premise-5-tenant-isolation/encryption-keys-rotate.ts";
import { eventsOfOthersAreNotHeard } from "./premise-2-agent-to-agent/events-of-others-are-not-heard.ts";
import { gatewaysAdmitOneTenant } from "./premise-5-tenant-isolation/gateways-admit-one-tenant.ts";
import { grantsStayWithTheTenant } from "./premise-5-tenant-isolation/grants-stay-with-the-tenant.ts";
import { namespacesBoundWhatPodsUse } from "./premise-5-tenant-isolation/namespaces-bound-what-pods-use.ts";
import { namespacesDenyByDefault } from "./premise-5-tenant-isolation/namespaces-deny-by-default.ts";
import { namespacesRestrictPods } from "./premise-5-tenant-isolation/namespaces-restrict-pods.ts";
import { networkPoliciesAreEnforced } from "./premise-3-private-network/network-policies-are-enforced.ts";
import { objectsStayInTheNamespace } from "./premise-5-tenant-isolation/objects-stay-in-the-namespace.ts";
import { oneIssuerPerTenant } from "./premise-5-tenant-isolation/one-issuer-per-tenant.ts";
import { podsPreemptNobody } from "./premise-2-agent-to-agent/pods-preempt-nobody.ts";
import { resourcePoliciesAdmitNoStrangers } from "./premise-5-tenant-isolation/resource-policies-admit-no-strangers.ts";
import { serversHearOnlyKnownHeaders } from "./premise-5-tenant-isolation/servers-hear-only-known-headers.ts";
import { tenantDataUsesTenantKey } from "./premise-5-tenant-isolation/tenant-data-uses-tenant-key.ts";
import { tenantResourcesAreTagged } from "./premise-5-tenant-isolation/tenant-resources-are-tagged.ts";
import { candidatesFollowTheNewestRelease } from "./premise-6-versioning/candidates-follow-the-newest-release.ts";
import { gatewaysSpeakTwoProtocolVersions } from "./premise-6-versioning/gateways-speak-two-protocol-versions.ts";
import { imagesArePinnedByDigest } from "./premise-6-versioning/images-are-pinned-by-digest.ts";
import { mcpEndpointsPinAVersion } from "./premise-6-versioning/mcp-endpoints-pin-a-version.ts";
import { mcpServersKeepTwoPreviousMajors } from "./premise-6-versioning/mcp-servers-keep-two-previous-majors.ts";
import { mcpServersRetainThreeMajorsAtMost } from "./premise-6-versioning/mcp-servers-retain-three-majors-at-most.ts";
import { olderReleasesAreReadLast } from "./premise-6-versioning/older-releases-are-read-last.ts";
import { previousMajorsGoWhenTheySaid } from "./premise-6-versioning/previous-majors-go-when-they-said.ts";
import { previousMajorsSayWhenTheyGo } from "./premise-6-versioning/previous-majors-say-when-they-go.ts";
import { unsafeDefaultsAreReplaced } from "./premise-6-versioning/unsafe-defaults-are-replaced.ts";
import { releasedImagesAreKept } from "./premise-6-versioning/released-images-are-kept.ts";
import { workloadsCarryASemanticVersion } from "./premise-6-versioning/workloads-carry-a-semantic-version.ts";
import { alertsReachSomebody } from "./premise-7-observability/alerts-reach-somebody.ts";
import { clustersReportContainers } from "./premise-7-observability/containers/clusters-report-containers.ts";
import { namespacesHaveALog } from "./premise-7-observability/containers/namespaces-have-a-log.ts";
import { clustersKeepAuditLogs } from "./premise-7-observability/clusters-keep-audit-logs.ts";
import { failoverFollowsHealth } from "./premise-7-observability/failover-follows-health.ts";
import { gatewayKeysAdmitLogDelivery } from "./premise-7-observability/gateway-keys-admit-log-delivery.ts";
import { gatewaysAndRuntimesDeliverLogsAndTraces } from "./premise-7-observability/gateways-and-runtimes-deliver-logs-and-traces.ts";
import { gatewaysRaiseAlarms } from "./premise-7-observability/gateways-raise-alarms.ts";
import { loadBalancersKeepARecord } from "./premise-7-observability/load-balancers-keep-a-record.ts";
import { logGroupsKeepLogs } from "./premise-7-observability/log-groups-keep-logs.ts";
import { recordsCannotBeChanged } from "./premise-7-observability/records-cannot-be-changed.ts";
import { regionsAreWatched } from "./premise-7-observability/regions-are-watched.ts";
import { runtimesMayReport } from "./premise-7-observability/runtimes-may-report.ts";
import { serviceLogsHaveAGroup } from "./premise-7-observability/service-logs-have-a-group.ts";
import { vpcsRecordFlows } from "./premise-7-observability/vpcs-record-flows.ts";
import { webAclsKeepARecord } from "./premise-7-observability/web-acls-keep-a-record.ts";
import { workloadsExportTelemetry } from "./premise-7-observability/workloads-export-telemetry.ts";
import { alarmsCanRing } from "./premise-7-observability/alarms/alarms-can-ring.ts";
import { CLIENTS, RUNNING } from "./rule-groups.ts";
import { nodePoolsAreBounded } from "./premise-2-agent-to-agent/running/node-pools-are-bounded.ts";
import { promisedAgentsKeepTwoPods } from "./premise-2-agent-to-agent/running/promised-agents-keep-two-pods.ts";
import { workloadsCanRun } from "./premise-2-agent-to-agent/running/workloads-can-run.ts";
import { realmsNameTheirScopes } from "./premise-4-registered-clients/clients/realms-name-their-scopes.ts";
import { realmsSayWhoPeopleAre } from "./premise-4-registered-clients/clients/realms-say-who-people-are.ts";
import { clientPoliciesAreWhole } from "./premise-4-registered-clients/clients/client-policies-are-whole.ts";
import { accountsAreGuarded } from "./premise-7-observability/accounts/accounts-are-guarded.ts";
import { registriesAreInEveryRegion } from "./premise-6-versioning/registries-are-in-every-region.ts";
import { resourcePoliciesNameWhatTheyAllow } from "./premise-8-least-privilege/resources/resource-policies-name-what-they-allow.ts";
import { unknownValuesHaveAnOrigin } from "./premise-8-least-privilege/resources/unknown-values-have-an-origin.ts";
import { onlyWhatIsUnderstoodIsDeployed } from "./premise-8-least-privilege/only-what-is-understood-is-deployed.ts";
import { providersActInTheEnvironmentsAccount } from "./premise-8-least-privilege/providers-act-in-the-environments-account.ts";
import { policyDocumentsAreUnderstood } from "./premise-8-least-privilege/policy-documents-are-understood.ts";
import { rolesStayInsideTheBoundary } from "./premise-8-least-privilege/roles-stay-inside-the-boundary.ts";
import { trustNamesExactPrincipals } from "./premise-8-least-privilege/trust-names-exact-principals.ts";
import { identityStaysInTheResidency } from "./residency/identity-stays-in-the-residency.ts";
import { inferenceStaysInTheGeography } from "./residency/inference-stays-in-the-geography.ts";
import { namesStayInTheResidency } from "./residency/names-stay-in-the-residency.ts";
import { noPayloadLogsInTheEu } from "./residency/no-payload-logs-in-the-eu.ts";
import { onlyOwnNamesAreUsed } from "./residency/only-own-names-are-used.ts";
import { replicasStayInTheSet } from "./residency/replicas-stay-in-the-set.ts";
import { resourcesStayInTheResidency } from "./residency/resources-stay-in-the-residency.ts";
import { telemetryStaysInTheResidency } from "./residency/telemetry-stays-in-the-residency.ts";
import type { Rule } from "./engine/rule.ts";
import { RESIDENCY_RULES } from "./rules-of-residency.ts";

/** Every rule, in premise order: a rule that is not listed does not exist. */
export const RULES: readonly Rule[] = [
  balancerRulesAreForOwnHosts,
  bffsAdmitOnlyLoadBalancers,
  gatewaysAuthenticateCallers,
  gatewaysEnforcePolicies,
  interceptorsSeeEveryCall,
  runtimesRefuseOtherCallers,
  mcpRuntimesStandBehindAGateway,
  onlyGatewaysInvokeMcpRuntimes,
  targetsAreCalledAsTheGateway,
  settingsAreOfTheStack,
  entriesAreBehindAWebAcl,
  webAclsBlock,
  agentsHaveTheirOwnIdentity,
  agentsMeetOnlyOnTheA2aPort,
  ...RUNNING,
  agentsScaleIndependently,
  agentsSpeakA2a,
  eventsOfOthersAreNotHeard,
  podsPreemptNobody,
  clusterEndpointIsPrivate,
  dataStoresArePrivate,
  dataTravelsEncrypted,
  databasesAdmitOnlyTheirServer,
  loadBalancersAreGuarded,
  podsAdmitNamedPeersOnly,
  endpointsServeOnlyTheAccount,
  privateServicesHaveEndpoints,
  runtimesRunInTheVpc,
  securityGroupRulesSayWhatFor,
  securityGroupsAdmitNoInternet,
  subnetsHandOutNoPublicAddresses,
  ...OF_NETWORKS,
  trafficLeavesByName,
  podsReachOnlyNamesThatTheyNeed,
  vpcsRecordNames,
  networkPoliciesAreEnforced,
  administrationIsNotPublic,
  ...CLIENTS,
  anonymousRegistrationIsPoliced,
  dedicatedNodesRunTheirService,
  identityServersAnswerForOneHost,
  identityServersAreClosed,
  internalGatewaysTrustTheRealm,
  machineClientsSignNobodyIn,
  powerfulScopesAreNotRegistrable,
  realmsEnforcePkce,
  realmsSpeakForTheirOwnTenant,
  registeredClientsMakeTheRealmFetchNothing,
  userPoolClientsKeepToSafeFlows,
  bucketsRefuseOtherKeys,
  ...BACKUP_RULES,
  containersBoundWhatTheyUse,
  dataStoresSurviveMistakes,
  encryptionKeysRotate,
  gatewaysAdmitOneTenant,
  grantsStayWithTheTenant,
  namespacesBoundWhatPodsUse,
  namespacesDenyByDefault,
  namespacesRestrictPods,
  objectsStayInTheNamespace,
  oneIssuerPerTenant,
  resourcePoliciesAdmitNoStrangers,
  serversHearOnlyKnownHeaders,
  ...OF_STORES,
  tenantDataUsesTenantKey,
  tenantResourcesAreTagged,
  candidatesFollowTheNewestRelease,
  gatewaysSpeakTwoProtocolVersions,
  imagesArePinnedByDigest,
  mcpEndpointsPinAVersion,
  mcpServersKeepTwoPreviousMajors,
  mcpServersRetainThreeMajorsAtMost,
  olderReleasesAreReadLast,
  previousMajorsGoWhenTheySaid,
  previousMajorsSayWhenTheyGo,
  unsafeDefaultsAreReplaced,
  registriesAreInEveryRegion,
  releasedImagesAreKept,
  workloadsCarryASemanticVersion,
  alarmsCanRing,
  alertsReachSomebody,
  clustersKeepAuditLogs,
  clustersReportContainers,
  namespacesHaveALog,
  failoverFollowsHealth,
  gatewayKeysAdmitLogDelivery,
  gatewaysAndRuntimesDeliverLogsAndTraces,
  gatewaysRaiseAlarms,
  loadBalancersKeepARecord,
  logGroupsKeepLogs,
  recordsCannotBeChanged,
  accountsAreGuarded,
  regionsAreWatched,
  runtimesMayReport,
  serviceLogsHaveAGroup,
  vpcsRecordFlows,
  webAclsKeepARecord,
  workloadsExportTelemetry,
  ...OF_GRANTS,
  providersActInTheEnvironmentsAccount,
  policyDocumentsAreUnderstood,
  rolesStayInsideTheBoundary,
  serviceAccountsHaveNoClusterRights,
  trustNamesExactPrincipals,
  ...RESIDENCY_RULES,
  identityStaysInTheResidency,
  inferenceStaysInTheGeography,
  namesStayInTheResidency,
  noPayloadLogsInTheEu,
  onlyOwnNamesAreUsed,
  replicasStayInTheSet,
  resourcesStayInTheResidency,
  telemetryStaysInTheResidency,
];
