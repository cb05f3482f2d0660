import { describe, expect, it } from "vitest";
import type { HopName, PathName } from "../../../../contracts/paths.ts";
import { Platform } from "../../../../policies/engine/platform.ts";
import { prove } from "../../../../policies/engine/proof.ts";
import { LIVENESS } from "../../../../policies/proofs/liveness/liveness.ts";
import { TODAY } from "../../../support/rule-tester.ts";
import { plansOfAllEnvironments } from "../all-environments.ts";
import {
  bounded,
  DEPLOYMENT,
  granted,
  ofAnotherAccount,
  refusing,
  RUNTIME,
  told,
  variable,
  withoutPrivateDns,
} from "../cut-edits.ts";
import { type Edit, edited, set } from "../edits.ts";

const plans = plansOfAllEnvironments().get("development") ?? [];
const INVOKE = "bedrock-agentcore:InvokeAgentRuntime";
const ENDPOINT = "aws:bedrock/agentcoreAgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint";

/** A runtime that is shown some of the headers only. */
const shown = (name: string, headers: readonly string[]): Edit => ({
  type: RUNTIME,
  name,
  change: set(["requestHeaderConfiguration", "requestHeaderAllowlists"], [...headers]),
});

const toATool: readonly (readonly [string, HopName<"consumers-reach-a-tool">, Edit])[] = [
  ["the BFF is told of a runtime that is not declared", "agents", told("bff-b2c", "AGENTS", '{"coordinator":"arn:x"}')],
  ["the BFF's role may not invoke the agent", "send", granted("bff-b2c-to-coordinator", INVOKE)],
  ["the boundary of roles does not allow it", "send", bounded(INVOKE)],
  ["there is no private name of AgentCore", "send", withoutPrivateDns("bedrock-agentcore")],
  ["the private endpoint is for another account", "send", ofAnotherAccount("bedrock-agentcore")],
  ["the agent has no endpoint", "send", { type: ENDPOINT, name: "agent-coordinator" }],
  ["the agent's runtime refuses the BFF", "admitted", refusing("agent-coordinator-runtime")],
  ["the agent's endpoint refuses the BFF", "admitted", refusing("agent-coordinator-endpoint")],
  ["the agent is not shown on whose behalf", "admitted", shown("agent-coordinator", ["A2A-Version"])],
  ["the agent is not shown the protocol's version", "admitted", shown("agent-coordinator", ["X-User-Context"])],
  [
    "the agent asks for a token that nobody sends",
    "admitted",
    { type: RUNTIME, name: "agent-coordinator", change: variable("AGENT_HOSTING", "eks") },
  ],
];

const toEachOther: readonly (readonly [string, HopName<"agents-reach-each-other">, Edit])[] = [
  [
    "the coordinator is told of nobody",
    "service",
    { type: RUNTIME, name: "agent-coordinator", change: variable("AGENT_URLS", "{}") },
  ],
  [
    "what the coordinator is told is no JSON",
    "service",
    { type: RUNTIME, name: "agent-coordinator", change: variable("AGENT_URLS", "{") },
  ],
  ["its role may not invoke a specialist", "egress", granted("agent-coordinator-to-customer-support", INVOKE)],
  ["there is no private name of AgentCore", "egress", withoutPrivateDns("bedrock-agentcore")],
  ["a specialist's runtime refuses it", "ingress", refusing("agent-customer-support-runtime")],
  ["a specialist's endpoint refuses it", "ingress", refusing("agent-product-recommendation-endpoint")],
  ["a specialist is not shown on whose behalf", "ingress", shown("agent-customer-support", ["A2A-Version"])],
];

/** The violations of a path's proof in development after an edit. */
function violationsOf(path: PathName, edit: Edit): readonly string[] {
  const [verdict] = prove(
    new Platform(edited(plans, edit), TODAY),
    LIVENESS.filter(({ id }) => id === path),
  );
  return verdict?.violations.map(({ message }) => message) ?? [];
}

describe("where AgentCore Runtime hosts the agents", () => {
  it("there are the BFF and all its agents to go the paths", () => {
    expect(plans.flatMap(({ resources }) => resources.filter((it) => it.type === DEPLOYMENT)).length).toBeGreaterThan(
      0,
    );
    const counts = prove(new Platform(plans, TODAY), LIVENESS).map((it) => [it.proof.id, it.enumerated[0]?.count]);
    expect(Object.fromEntries(counts)).toMatchObject({ "consumers-reach-a-tool": 1, "agents-reach-each-other": 2 });
  });

  it.each(toATool)("consumers reach no tool if %s", (_, hop, edit) => {
    expect(violationsOf("consumers-reach-a-tool", edit).join("\n")).toContain(`hop ${hop},`);
  });

  it.each(toEachOther)("agents do not reach each other if %s", (_, hop, edit) => {
    expect(violationsOf("agents-reach-each-other", edit).join("\n")).toContain(`hop ${hop},`);
  });

  it("a client without the scope of agents on Amazon EKS calls them all the same: its role signs", () => {
    const edit = {
      type: "aws:cognito/userPoolClient:UserPoolClient",
      name: "bff-b2c",
      change: set(["allowedOauthScopes"], ["openid"]),
    };
    expect(violationsOf("consumers-reach-a-tool", edit)).toEqual([]);
  });
});
