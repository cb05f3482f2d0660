import { CONTROL } from "../../../engine/frameworks.ts";
import { outputOf } from "../../../engine/output.ts";
import type { Placed, Platform } from "../../../engine/platform.ts";
import { proof } from "../../../engine/proof.ts";
import { statementsOf } from "../../../facts/policy-document.ts";
import { findBy } from "../../../facts/reach/find.ts";
import { roleOf } from "../../../facts/reach/host.ts";
import { allows, type Call, isFor, mayDeny } from "../../../facts/reach/permission.ts";
import { TYPE } from "../../../facts/resource-types.ts";
import { interceptorsOf } from "../checks/interceptors.ts";
import { roleChecks } from "../checks/role-checks.ts";
import { cutUnless, type HopChecks, walk } from "../checks/walk.ts";

const SERVICE = "bedrock-agentcore.amazonaws.com";
const ENGINE_ACTIONS = ["GetPolicyEngine", "AuthorizeAction", "PartiallyAuthorizeActions"];

/** A gateway that cannot ask its interceptor or its policies refuses each call (AgentCore, "gateway interceptors" and "policy"). */
export const gatewaysAskTheirInterceptor = proof({
  premise: 1,
  id: "gateways-ask-their-interceptor",
  severity: "high",
  description: "Every gateway can be its role, and as that can call its interceptor and ask its policy engine.",
  remediation: "Let the role trust AgentCore for this gateway, and grant it the function and the policy engine.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration],
  prove: (platform, record) => {
    for (const it of platform.ofType(TYPE.gateway))
      walk(record, "gateways-ask-their-interceptor", it, checksOf(platform, it));
  },
});

function checksOf(platform: Platform, gateway: Placed): HopChecks<"gateways-ask-their-interceptor"> {
  const { name } = gateway.resource;
  const role = () => roleOf(platform, gateway.resource.text("roleArn"));
  const functions = () => interceptorsOf(platform, gateway);
  const invocations = (): readonly Call[] =>
    functions().map(({ resource }) => ({ action: "lambda:InvokeFunction", resource: outputOf(resource, "arn") }));
  const questions = (): readonly Call[] => {
    const engine = findBy(
      platform,
      TYPE.policyEngine,
      "policyEngineArn",
      gateway.resource.text("policyEngineConfiguration.arn"),
    );
    if (engine === undefined) return [];
    const resource = outputOf(engine.resource, "policyEngineArn");
    return ENGINE_ACTIONS.map((it) => ({ action: `bedrock-agentcore:${it}`, resource }));
  };
  const of = (calls: () => readonly Call[], hop: "identity" | "boundary") => () =>
    roleChecks(platform, role(), calls)[hop]();
  return {
    runs: () => {
      const stopped = functions().find(({ resource }) => resource.number("reservedConcurrentExecutions") === 0);
      return stopped && cutUnless(false, stopped, `"${stopped.resource.name}" must be allowed to run.`);
    },
    trust: () => {
      const it = role();
      if (it === undefined) return undefined;
      return cutUnless(isTrusting(it, gateway), it, `"${it.resource.name}" must trust the gateway "${name}".`);
    },
    identity: of(invocations, "identity"),
    boundary: of(invocations, "boundary"),
    "engine-identity": of(questions, "identity"),
    "engine-boundary": of(questions, "boundary"),
  };
}

/** Whether a role lets AgentCore assume it for this gateway. */
function isTrusting(role: Placed, { resource }: Placed): boolean {
  const arn = outputOf(resource, "gatewayArn");
  const context = { "aws:sourceaccount": arn.split(":")[4] ?? "", "aws:sourcearn": arn };
  const statements = statementsOf(role.resource, "assumeRolePolicy").filter((it) => isFor(it, SERVICE));
  const call = { action: "sts:AssumeRole", resource: "", context };
  return allows(statements, call) && !mayDeny(statements, call);
}
