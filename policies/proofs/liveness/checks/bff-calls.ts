import { outputOf } from "../../../engine/output.ts";
import { lookupInAll } from "../../../engine/lookup.ts";
import type { Placed, Platform } from "../../../engine/platform.ts";
import { findBy } from "../../../facts/reach/find.ts";
import { type Host, hostOf, networkPoliciesOf, objectOf, podOf, variableOf } from "../../../facts/reach/host.ts";
import { passes } from "../../../facts/reach/network-policy.ts";
import { isGranted, isWithinBoundary } from "../../../facts/reach/role.ts";
import { TYPE } from "../../../facts/resource-types.ts";
import { A2A_PORT } from "../../../facts/workloads.ts";
import { agentsOf } from "./agents.ts";
import { signsFor, takesCallsOf } from "./runtime-calls.ts";
import { clientIdOf, tokenFunctionOf } from "./token-functions.ts";
import { type Cut, cutUnless, type HopChecks } from "./walk.ts";

const PORT = { protocol: "TCP", number: A2A_PORT.number } as const;
const SIGNING = { "kms:messagetype": "RAW", "kms:signingalgorithm": "ECDSA_SHA_256" };

type CallHop = "agents" | "send" | "admitted" | "scope" | "believed" | "signs" | "gateway" | "tool";

/** The checks of the way from a BFF to a tool: its agents, and the gateway of its scenario. */
export function bffCallChecks(platform: Platform, bff: Placed, scenario: string): Pick<Checks, CallHop> {
  const host = hostOf(platform, bff);
  const addresses = Object.entries(objectOf(host, "AGENTS"));
  const called = () => addresses.map(([name, address]) => agentAt(platform, bff, name, address));
  const agents = (): readonly Placed[] => called().filter((it) => it !== undefined);
  const first: First = (check) =>
    agents()
      .map(check)
      .find((it) => it !== undefined);
  const { name } = bff.resource;
  return {
    agents: () =>
      cutUnless(
        addresses.length > 0 && called().every((it) => it !== undefined),
        bff,
        `"${name}" must be told of agents that are declared.`,
      ),
    send: () => first((agent) => sends(platform, host, agent)),
    admitted: () => first((agent) => isAdmitted(platform, host, agent)),
    scope: () => first((agent) => holdsScope(platform, host, agent)),
    believed: () =>
      first((agent) =>
        cutUnless(
          variableOf(hostOf(platform, agent), "BFF_ISSUER") === variableOf(host, "CONTEXT_ISSUER"),
          agent,
          `"${agent.resource.name}" must believe the context tokens of "${name}".`,
        ),
      ),
    signs: () => signs(platform, host),
    ...toolChecks(platform, first, scenario),
  };
}

type Checks = HopChecks<"consumers-reach-a-tool">;

/** The first cut of those that a check finds at agents. */
type First = (check: (agent: Placed) => Cut | undefined) => Cut | undefined;

function toolChecks(platform: Platform, first: First, scenario: string): Pick<Checks, "gateway" | "tool"> {
  return {
    gateway: () =>
      first((agent) =>
        cutUnless(
          gatewayOf(platform, agent, scenario) !== undefined,
          agent,
          `"${agent.resource.name}" must be told of the gateway for ${scenario}.`,
        ),
      ),
    tool: () => first((agent) => offersTools(platform, gatewayOf(platform, agent, scenario))),
  };
}

/** The agent of the BFF's stack at an address: a Service by its name, or a runtime by its ARN. */
function agentAt(platform: Platform, bff: Placed, name: string, address: unknown): Placed | undefined {
  return agentsOf(bff.stack, platform).find(({ resource: it }) => {
    if (it.type === TYPE.runtime) return outputOf(it, "agentRuntimeArn") === address;
    return address === `http://${name}:${A2A_PORT.number}` && it.text("metadata.name") === name;
  });
}

/** On EKS the BFF's pods may send to the agent's; on AgentCore Runtime its role may invoke it, through the private endpoint. */
function sends(platform: Platform, host: Host, agent: Placed): Cut | undefined {
  const bff = host.placed;
  if (agent.resource.type !== TYPE.runtime) {
    const packet = { pod: podOf(bff), peer: { pod: podOf(agent) }, port: PORT };
    const passed = passes(networkPoliciesOf(platform, bff), "egress", packet);
    return cutUnless(passed, bff, `The pods of "${bff.resource.name}" must be let out to "${agent.resource.name}".`);
  }
  return signsFor(platform, host, agent);
}

function isAdmitted(platform: Platform, host: Host, agent: Placed): Cut | undefined {
  if (agent.resource.type === TYPE.runtime) return takesCallsOf(platform, host, agent);
  const bff = host.placed;
  const packet = { pod: podOf(agent), peer: { pod: podOf(bff) }, port: PORT };
  const passed = passes(networkPoliciesOf(platform, agent), "ingress", packet);
  return cutUnless(passed, agent, `The pods of "${agent.resource.name}" must admit "${bff.resource.name}".`);
}

/** An agent on AgentCore Runtime asks for no token. */
function holdsScope(platform: Platform, host: Host, agent: Placed): Cut | undefined {
  if (agent.resource.type === TYPE.runtime) return undefined;
  const id = clientIdOf(tokenFunctionOf(platform, host));
  const client = findBy(platform, TYPE.userPoolClient, "id", id);
  const wanted = variableOf(hostOf(platform, agent), "A2A_SCOPE") ?? "";
  const holds = client?.resource.texts("allowedOauthScopes").includes(wanted) === true;
  const name = host.placed.resource.name;
  return cutUnless(holds, client ?? host.placed, `The client of "${name}" must be given "${wanted}".`);
}

function signs(platform: Platform, host: Host): Cut | undefined {
  const { role, placed } = host;
  const key = platform.ofArn(variableOf(host, "CONTEXT_KEY_ARN") ?? "");
  const isSigning = key?.resource.type === TYPE.key && key.resource.text("keyUsage") === "SIGN_VERIFY";
  if (!isSigning || role === undefined)
    return { at: placed, mend: `"${placed.resource.name}" must have a role and a key that signs.` };
  const call = { action: "kms:Sign", resource: outputOf(key.resource, "arn"), context: SIGNING };
  const may = isGranted(platform, role, call) && isWithinBoundary(platform, role, call);
  return cutUnless(may, role, `"${role.resource.name}" must be granted to sign by "${key.resource.name}".`);
}

function gatewayOf(platform: Platform, agent: Placed, scenario: string): Placed | undefined {
  const url = objectOf(hostOf(platform, agent), "GATEWAY_URL")[scenario];
  return typeof url === "string" ? findBy(platform, TYPE.gateway, "gatewayUrl", url) : undefined;
}

function offersTools(platform: Platform, gateway: Placed | undefined): Cut | undefined {
  if (gateway === undefined) return undefined;
  const id = outputOf(gateway.resource, "gatewayId");
  const targets = targetsOf(platform).all(id);
  return cutUnless(targets.length > 0, gateway, `"${gateway.resource.name}" must have a target.`);
}

const targetsOf = lookupInAll([TYPE.gatewayTarget], ({ resource }) => resource.text("gatewayIdentifier"));
