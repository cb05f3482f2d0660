import type { Rule } from "../engine/rule.ts";
import { clusterEndpointIsPrivate } from "../premise-3-private-network/cluster-endpoint-is-private.ts";
import { dataStoresArePrivate } from "../premise-3-private-network/data-stores-are-private.ts";
import { dataTravelsEncrypted } from "../premise-3-private-network/data-travels-encrypted.ts";
import { databasesAdmitOnlyTheirServer } from "../premise-3-private-network/databases-admit-only-their-server.ts";
import { endpointsServeOnlyTheAccount } from "../premise-3-private-network/endpoints-serve-only-the-account.ts";
import { nodesEncryptWhatTheySend } from "../premise-3-private-network/encryption/nodes-encrypt-what-they-send.ts";
import { vpcsWatchEncryption } from "../premise-3-private-network/encryption/vpcs-watch-encryption.ts";
import { loadBalancersAreGuarded } from "../premise-3-private-network/load-balancers-are-guarded.ts";
import { privateRangesAreTheTenantsOwn } from "../premise-3-private-network/internal-apis/private-ranges-are-the-tenants-own.ts";
import { zonesHideNoNames } from "../premise-3-private-network/internal-apis/zones-hide-no-names.ts";
import { podsReachOnlyNamesThatTheyNeed } from "../premise-3-private-network/names/pods-reach-only-names-that-they-need.ts";
import { vpcsAskOnlyAllowedNames } from "../premise-3-private-network/names/vpcs-ask-only-allowed-names.ts";
import { networkPoliciesAreEnforced } from "../premise-3-private-network/network-policies-are-enforced.ts";
import { partsOfTheNetworkAreWhole } from "../premise-3-private-network/parts/parts-of-the-network-are-whole.ts";
import { servicesLeadToOneWorkload } from "../premise-3-private-network/parts/services-lead-to-one-workload.ts";
import { podsAdmitNamedPeersOnly } from "../premise-3-private-network/pods-admit-named-peers-only.ts";
import { privateServicesHaveEndpoints } from "../premise-3-private-network/private-services-have-endpoints.ts";
import { runtimesRunInTheVpc } from "../premise-3-private-network/runtimes-run-in-the-vpc.ts";
import { securityGroupRulesSayWhatFor } from "../premise-3-private-network/security-group-rules-say-what-for.ts";
import { securityGroupsAdmitNoInternet } from "../premise-3-private-network/security-groups-admit-no-internet.ts";
import { subnetsHandOutNoPublicAddresses } from "../premise-3-private-network/subnets-hand-out-no-public-addresses.ts";
import { onlyDeploymentsComeIn } from "../premise-3-private-network/transit/only-deployments-come-in.ts";
import { transitLeadsWhereTheDataSays } from "../premise-3-private-network/transit/transit-leads-where-the-data-says.ts";
import { trafficLeavesByName } from "../premise-3-private-network/traffic-leaves-by-name.ts";
import { vpcsRecordNames } from "../premise-3-private-network/vpcs-record-names.ts";

/** The rules of premise 3. */
export const PREMISE_3: readonly Rule[] = [
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
  partsOfTheNetworkAreWhole,
  servicesLeadToOneWorkload,
  trafficLeavesByName,
  privateRangesAreTheTenantsOwn,
  podsReachOnlyNamesThatTheyNeed,
  vpcsRecordNames,
  vpcsAskOnlyAllowedNames,
  zonesHideNoNames,
  networkPoliciesAreEnforced,
  nodesEncryptWhatTheySend,
  vpcsWatchEncryption,
  transitLeadsWhereTheDataSays,
  onlyDeploymentsComeIn,
];
