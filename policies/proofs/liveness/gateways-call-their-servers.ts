import { CONTROL } from "../../engine/frameworks.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { proof } from "../../engine/proof.ts";
import { findBy } from "../../facts/reach/find.ts";
import { roleOf } from "../../facts/reach/host.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { roleChecks } from "./checks/role-checks.ts";
import { invocationsOf, refusal } from "./checks/runtime-calls.ts";
import { isServer, type RuntimeUrl, runtimeUrl } from "./checks/runtime-url.ts";
import { cutUnless, type HopChecks, walk } from "./checks/walk.ts";

/** What the URL of a server that is no runtime leads to. */
const NOWHERE: RuntimeUrl = { arn: "", qualifier: "" };

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
  const { endpoint, calls: invocations } = invocationsOf(runtime, qualifier);
  const role = gatewayRole(platform, target);
  const calls = () => invocations;
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
