import type { Rule } from "../engine/rule.ts";
import { balancerRulesAreForOwnHosts } from "../premise-1-gateway-only/balancer-rules-are-for-own-hosts.ts";
import { bffsAdmitOnlyLoadBalancers } from "../premise-1-gateway-only/bffs-admit-only-load-balancers.ts";
import { entriesAreBehindAWebAcl } from "../premise-1-gateway-only/entries-are-behind-a-web-acl.ts";
import { gatewaysAuthenticateCallers } from "../premise-1-gateway-only/gateways-authenticate-callers.ts";
import { gatewaysEnforcePolicies } from "../premise-1-gateway-only/gateways-enforce-policies.ts";
import { interceptorsSeeEveryCall } from "../premise-1-gateway-only/interceptors-see-every-call.ts";
import { mcpRuntimesStandBehindAGateway } from "../premise-1-gateway-only/mcp-runtimes-stand-behind-a-gateway.ts";
import { onlyGatewaysInvokeMcpRuntimes } from "../premise-1-gateway-only/only-gateways-invoke-mcp-runtimes.ts";
import { runtimesRefuseOtherCallers } from "../premise-1-gateway-only/runtimes-refuse-other-callers.ts";
import { settingsAreOfTheStack } from "../premise-1-gateway-only/settings-are-of-the-stack.ts";
import { targetsAreCalledAsTheGateway } from "../premise-1-gateway-only/targets-are-called-as-the-gateway.ts";
import { webAclsBlock } from "../premise-1-gateway-only/web-acls-block.ts";

/** The rules of premise 1. */
export const PREMISE_1: readonly Rule[] = [
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
];
