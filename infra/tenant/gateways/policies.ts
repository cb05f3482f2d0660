import type * as pulumi from "@pulumi/pulumi";
import type { McpServer } from "../../../components/compute/mcp-server.ts";
import { cedarPolicies } from "../../../components/gateway/cedar-policies.ts";
import { GatewayPolicies } from "../../../components/gateway/gateway-policies.ts";
import { offeredTo } from "../../../environments/apis/own-tools.ts";
import { deployedFor, toolsOf } from "../../../releases/published-servers.ts";
import type { Feature } from "../../feature.ts";
import type { TenantContext } from "../context.ts";
import type { TenantGateways } from "./gateways.ts";

/** Declares what permits the tools behind each gateway, once the gateway's targets exist: policies name tools, which targets bring. */
export function gatewayPolicies(
  { address, opts }: TenantContext,
  gateways: TenantGateways,
  servers: readonly McpServer[],
): Feature {
  const data = offeredTo(address.tenant);
  const resources = gateways.all.map(({ gateway, policyEngine: engine, scopePrefix }) => {
    const policies = cedarPolicies({
      tenant: address.tenant.id,
      tools: toolsOf(deployedFor(gateway.scenario, data)),
      ...(scopePrefix !== undefined && { scopePrefix }),
    });
    const targets: readonly pulumi.Resource[] = servers.flatMap((it) => it.targets.get(gateway) ?? []);
    return new GatewayPolicies(gateway.scenario, { gateway, engine, policies, targets }, opts);
  });
  return { resources };
}
