import { AGENT_REQUEST_HEADERS } from "../../../../contracts/agents/identity.ts";
import { RUNTIME_ENDPOINT } from "../../../../contracts/identifiers.ts";
import { lookupInAll } from "../../../engine/lookup.ts";
import { outputOf } from "../../../engine/output.ts";
import type { Placed, Platform } from "../../../engine/platform.ts";
import { statementsOf } from "../../../facts/policy-document.ts";
import { type Host, hostOf, variableOf } from "../../../facts/reach/host.ts";
import { type Call, isFor, mayDeny } from "../../../facts/reach/permission.ts";
import { TYPE } from "../../../facts/resource-types.ts";
import { callChecks } from "./call-checks.ts";
import { type Cut, cutUnless } from "./walk.ts";

/** The calls that AgentCore judges when a runtime is invoked through its endpoint of a name: by the policies of both. */
export function invocationsOf(
  runtime: Placed | undefined,
  qualifier: string,
): { readonly endpoint: Placed["resource"] | undefined; readonly calls: readonly Call[] } {
  if (runtime === undefined) return { endpoint: undefined, calls: [] };
  const { resource: it, stack } = runtime;
  const endpoint = stack
    .ofType(TYPE.endpoint)
    .find((of) => of.text("agentRuntimeId") === outputOf(it, "id") && of.text("name") === qualifier);
  const arns = [
    outputOf(it, "agentRuntimeArn"),
    ...(endpoint === undefined ? [] : [outputOf(endpoint, "agentRuntimeEndpointArn")]),
  ];
  const calls = arns.map((resource) => ({ action: "bedrock-agentcore:InvokeAgentRuntime", resource }));
  return { endpoint, calls };
}

const policiesByArn = lookupInAll([TYPE.resourcePolicy], ({ resource }) => resource.text("resourceArn"));

/** A resource policy that refuses the role, or may do so. */
export function refusal(platform: Platform, role: Placed | undefined, call: Call | undefined): Cut | undefined {
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

/** Whether a workload may call an agent on AgentCore Runtime: as its role, through the private endpoint. */
export function signsFor(platform: Platform, host: Host, agent: Placed): Cut | undefined {
  const { endpoint, calls } = invocationsOf(agent, RUNTIME_ENDPOINT);
  if (endpoint === undefined)
    return { at: agent, mend: `"${agent.resource.name}" must have the endpoint "${RUNTIME_ENDPOINT}".` };
  return firstCut(Object.values(callChecks(platform, host, { service: "bedrock-agentcore", calls: () => calls })));
}

/** Whether an agent on AgentCore Runtime takes the calls of a workload: it knows who has verified them, is shown on whose behalf they are, and admits the role. */
export function takesCallsOf(platform: Platform, host: Host, agent: Placed): Cut | undefined {
  const { name } = agent.resource;
  const shown = new Set(
    agent.resource.texts("requestHeaderConfiguration.requestHeaderAllowlists").map((it) => it.toLowerCase()),
  );
  const hidden = AGENT_REQUEST_HEADERS.filter((it) => !shown.has(it.toLowerCase()));
  return firstCut([
    () =>
      cutUnless(
        variableOf(hostOf(platform, agent), "AGENT_HOSTING") === "runtime",
        agent,
        `"${name}" must be told that AgentCore Runtime verifies its callers.`,
      ),
    () => cutUnless(hidden.length === 0, agent, `"${name}" must be shown the headers ${hidden.join(", ")}.`),
    ...invocationsOf(agent, RUNTIME_ENDPOINT).calls.map((call) => () => refusal(platform, host.role, call)),
  ]);
}

function firstCut(checks: readonly (() => Cut | undefined)[]): Cut | undefined {
  for (const check of checks) {
    const cut = check();
    if (cut !== undefined) return cut;
  }
  return undefined;
}
