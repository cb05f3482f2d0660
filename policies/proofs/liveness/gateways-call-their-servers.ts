import { CONTROL } from "../../engine/frameworks.ts";
import { lookupInAll } from "../../engine/lookup.ts";
import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { proof } from "../../engine/proof.ts";
import { statementsOf } from "../../facts/policy-document.ts";
import { findBy } from "../../facts/reach/find.ts";
import { roleOf } from "../../facts/reach/host.ts";
import { type Call, isFor, mayDeny } from "../../facts/reach/permission.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { roleChecks } from "./checks/role-checks.ts";
import { isServer, type RuntimeUrl, runtimeUrl } from "./checks/runtime-url.ts";
import { type Cut, cutUnless, type HopChecks, walk } from "./checks/walk.ts";

/** What the URL of a server that is no runtime leads to. */
const NOWHERE: RuntimeUrl = { arn: "", qualifier: "" };

const ACTION = "bedrock-agentcore:InvokeAgentRuntime";

/** AgentCore judges a call by the policies of the runtime and of its endpoint (AgentCore, "resource-based policies"). */
export const gatewaysCallTheirServers = proof({
  premise: 1,
  id: "gateways-call-their-servers",
  severity: "high",
  description:
    "Every gateway can call the MCP servers that its targets name: as its role, through an endpoint that exists.",
  remediation: "Grant the gateway's role the runtime and its endpoint, and name it among the callers of both.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration],
  prove: (platform, record) => {
    for (const target of platform.ofType(TYPE.gatewayTarget)) {
      record.guarded(target, () => {
        const url = runtimeUrl(target.resource) ?? (isServer(target.resource) ? NOWHERE : undefined);
        if (url !== undefined) walk(record, "gateways-call-their-servers", target, checksOf(platform, target, url));
      });
    }
  },
});

function checksOf(
  platform: Platform,
  target: Placed,
  { arn, qualifier }: RuntimeUrl,
): HopChecks<"gateways-call-their-servers"> {
  const { name } = target.resource;
  const runtime = findBy(platform, TYPE.runtime, "agentRuntimeArn", arn);
  const endpoint = runtime?.stack
    .ofType(TYPE.endpoint)
    .find((it) => it.text("agentRuntimeId") === outputOf(runtime.resource, "id") && it.text("name") === qualifier);
  const role = gatewayRole(platform, target);
  const calls = (): readonly Call[] =>
    [arn, ...(endpoint === undefined ? [] : [outputOf(endpoint, "agentRuntimeEndpointArn")])].map((resource) => ({
      action: ACTION,
      resource,
    }));
  const ofRole = roleChecks(platform, role, calls);
  return {
    runtime: () => cutUnless(runtime !== undefined, target, `"${name}" must lead to a runtime that is declared.`),
    endpoint: () =>
      cutUnless(
        runtime === undefined || endpoint !== undefined,
        runtime ?? target,
        `"${runtime?.resource.name ?? name}" must have the endpoint "${qualifier}".`,
      ),
    identity: () =>
      role === undefined
        ? { at: target, mend: `"${name}" must be of a gateway whose role is declared.` }
        : ofRole.identity(),
    boundary: ofRole.boundary,
    "runtime-policy": () => refusal(platform, role, calls()[0]),
    "endpoint-policy": () => refusal(platform, role, calls()[1]),
  };
}

function gatewayRole(platform: Platform, { resource }: Placed): Placed | undefined {
  const gateway = findBy(platform, TYPE.gateway, "gatewayId", resource.text("gatewayIdentifier"));
  return roleOf(platform, gateway?.resource.text("roleArn"));
}

const policiesByArn = lookupInAll([TYPE.resourcePolicy], ({ resource }) => resource.text("resourceArn"));

/** A resource policy that refuses the role, or may do so. */
function refusal(platform: Platform, role: Placed | undefined, call: Call | undefined): Cut | undefined {
  if (role === undefined || call === undefined) return undefined;
  const roleArn = outputOf(role.resource, "arn");
  const context = { "aws:principalarn": roleArn };
  for (const it of policiesByArn(platform).all(call.resource)) {
    const statements = statementsOf(it.resource, "policy").filter((statement) => isFor(statement, roleArn));
    if (!mayDeny(statements, { ...call, context })) continue;
    return { at: it, mend: `"${it.resource.name}" must not refuse "${role.resource.name}".` };
  }
  return undefined;
}
