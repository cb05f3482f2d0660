import { CONTROL } from "../../engine/frameworks.ts";
import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { proof } from "../../engine/proof.ts";
import { statementsOf } from "../../facts/policy-document.ts";
import { findBy } from "../../facts/reach/find.ts";
import { type Host, hostOf, variableOf } from "../../facts/reach/host.ts";
import { allows, mayDeny } from "../../facts/reach/permission.ts";
import { endOf, endpointOf, receives } from "../../facts/reach/private-endpoint.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { allAgents } from "./checks/agents.ts";
import { clientIdOf, tokenFunctionOf } from "./checks/token-functions.ts";
import { cutUnless, type HopChecks, walk } from "./checks/walk.ts";

const SERVICE = "bedrock-agentcore.gateway";

/** Callers with a token are no IAM principals, so that an endpoint policy that asks for an account refuses them (AgentCore, "VPC endpoints"). */
export const agentsCallTheirGateways = proof({
  premise: 1,
  id: "agents-call-their-gateways",
  severity: "high",
  description: "Every agent reaches the gateways that it is told of, and each of them admits the agent's client.",
  remediation: "Give the VPC an endpoint of the gateways for callers with a token, and name the client at the gateway.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration],
  prove: (platform, record) => {
    for (const agent of allAgents(platform)) {
      record.guarded(agent, () => {
        const host = hostOf(platform, agent);
        for (const url of gatewayUrls(host))
          walk(record, "agents-call-their-gateways", agent, checksOf(platform, host, url));
      });
    }
  },
});

/** The URLs of the gateways in the environment of an agent, a JSON object by scenario; one that cannot be read is a URL that leads nowhere. */
function gatewayUrls(host: Host): readonly string[] {
  const text = variableOf(host, "GATEWAY_URL") ?? "";
  try {
    return Object.values(JSON.parse(text) as Record<string, string>);
  } catch {
    return [text];
  }
}

function checksOf(platform: Platform, host: Host, url: string): HopChecks<"agents-call-their-gateways"> {
  const { placed, vpcId } = host;
  const { name } = placed.resource;
  const gateway = findBy(platform, TYPE.gateway, "gatewayUrl", url);
  const endpoint = () => endpointOf(platform, vpcId, SERVICE);
  return {
    gateway: () => cutUnless(gateway !== undefined, placed, `"${name}" must be told the URL of a declared gateway.`),
    send: () => {
      const target = endpoint();
      const sends = target === undefined || host.sends(endOf(platform, target), 443);
      return cutUnless(sends, placed, `"${name}" must be able to send to the endpoint of ${SERVICE} on TCP 443.`);
    },
    endpoint: () => {
      const target = endpoint();
      const mend = `The VPC must have a private endpoint of ${SERVICE} with private DNS that admits "${name}".`;
      return cutUnless(target !== undefined && receives(platform, target, host), target ?? placed, mend);
    },
    "endpoint-policy": () => {
      const target = endpoint();
      if (target === undefined || gateway === undefined) return undefined;
      const mend = `"${target.resource.name}" must let callers with a token through to the gateway.`;
      return cutUnless(admitsTokens(target, outputOf(gateway.resource, "gatewayArn")), target, mend);
    },
    client: () => {
      const client = clientIdOf(tokenFunctionOf(platform, host));
      if (gateway === undefined || client === undefined) return undefined;
      const path = "authorizerConfiguration.customJwtAuthorizer.allowedClients";
      const mend = `"${gateway.resource.name}" must admit the client of "${name}".`;
      return cutUnless(gateway.resource.texts(path).includes(client), gateway, mend);
    },
  };
}

function admitsTokens({ resource }: Placed, arn: string): boolean {
  if (!resource.has("policy")) return true;
  const statements = statementsOf(resource, "policy").filter(({ principals }) =>
    principals.some(({ id }) => id === "*"),
  );
  const call = { action: "bedrock-agentcore:InvokeGateway", resource: arn };
  return allows(statements, call) && !mayDeny(statements, call);
}
