import type { Proof } from "../../engine/proof.ts";
import { bffsReachTheirStores } from "./callers/bffs-reach-their-stores.ts";
import { consumersReachATool } from "./callers/consumers-reach-a-tool.ts";
import { partnersReachATool } from "./callers/partners-reach-a-tool.ts";
import { agentsCallTheirModel } from "./agents-call-their-model.ts";
import { agentsCallTheirGateways } from "./agents-call-their-gateways.ts";
import { agentsGetCredentials } from "./agents-get-credentials.ts";
import { agentsGetTokens } from "./agents-get-tokens.ts";
import { agentsReachEachOther } from "./agents-reach-each-other.ts";
import { agentsResolveNames } from "./agents-resolve-names.ts";
import { agentsScaleWithLoad } from "./agents-scale-with-load.ts";
import { gatewaysCallTheirServers } from "./gateways-call-their-servers.ts";
import { idesReachTheirIssuer } from "./ides-reach-their-issuer.ts";
import { rotationsReachTheirSecrets } from "./rotations-reach-their-secrets.ts";
import { canariesListTools } from "./callers/canaries-list-tools.ts";
import { gatewaysAskTheirInterceptor } from "./callers/gateways-ask-their-interceptor.ts";
import { interceptorsKnowTheirTenant } from "./callers/interceptors-know-their-tenant.ts";
import { poolsIssueWhatGatewaysDemand } from "./callers/pools-issue-what-gateways-demand.ts";
import { realmsIssueWhatGatewaysDemand } from "./callers/realms-issue-what-gateways-demand.ts";
import { serversHearWhoCalls } from "./callers/servers-hear-who-calls.ts";
import { serversReachTheirFiles } from "./servers-reach-their-files.ts";
import { subnetsLeadOut } from "./running/subnets-lead-out.ts";
import { hostsAskForNames } from "./running/hosts-ask-for-names.ts";
import { serversReachInternalApis } from "./running/servers-reach-internal-apis.ts";
import { agentsFitWhereTheyRun } from "./running/agents-fit-where-they-run.ts";
import { agentsHearEvents } from "./running/agents-hear-events.ts";
import { podsReachTheirIssuer } from "./pods/pods-reach-their-issuer.ts";
import { webhooksReachTheirHosts } from "./pods/webhooks-reach-their-hosts.ts";
import { workloadsReachWhatTheyAreTold } from "./pods/workloads-reach-what-they-are-told.ts";
import { serversReachTheirDatabase } from "./servers-reach-their-database.ts";
import { serversReadTheirKeys } from "./servers-read-their-keys.ts";
import { workloadsPullTheirImage } from "./workloads-pull-their-image.ts";

/** The proofs that what the platform is for can work, one for each path of `contracts/paths.ts`. */
export const LIVENESS: readonly Proof[] = [
  consumersReachATool,
  partnersReachATool,
  bffsReachTheirStores,
  podsReachTheirIssuer,
  webhooksReachTheirHosts,
  workloadsReachWhatTheyAreTold,
  agentsResolveNames,
  agentsGetCredentials,
  agentsReachEachOther,
  agentsScaleWithLoad,
  agentsCallTheirModel,
  agentsGetTokens,
  agentsCallTheirGateways,
  gatewaysCallTheirServers,
  serversReachTheirDatabase,
  serversReadTheirKeys,
  rotationsReachTheirSecrets,
  workloadsPullTheirImage,
  idesReachTheirIssuer,
  canariesListTools,
  gatewaysAskTheirInterceptor,
  interceptorsKnowTheirTenant,
  poolsIssueWhatGatewaysDemand,
  realmsIssueWhatGatewaysDemand,
  serversHearWhoCalls,
  serversReachTheirFiles,
  subnetsLeadOut,
  hostsAskForNames,
  serversReachInternalApis,
  agentsFitWhereTheyRun,
  agentsHearEvents,
];
