import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { apisObject } from "../../../../environments/apis/apis-object.ts";
import type { Plan } from "../../../../plan/model.ts";
import { judge } from "../../../../policies/engine/judge.ts";
import { settingsAreOfTheStack } from "../../../../policies/premise-1-gateway-only/settings-are-of-the-stack.ts";
import { workloadsAreToldWhatTheyRead } from "../../../../policies/premise-2-agent-to-agent/running/workloads-are-told-what-they-read.ts";
import { TODAY } from "../../../support/rule-tester.ts";
import { shipped } from "../../edited-plans.ts";
import { edited, type Inputs } from "../../proofs/edits.ts";

const TENANT = "production.eu-west-1.xyz-gmbh";
const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";
const OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2";
const V2 = "mcp-api-integration-v2";

/** The variables of the server before APIs, of the shipped stack, in which some are others. */
const told =
  (changes: Readonly<Record<string, string | undefined>>) =>
  (inputs: Inputs): void => {
    inputs["environmentVariables"] = Object.fromEntries(
      Object.entries({ ...(inputs["environmentVariables"] as Inputs), ...changes }).filter(
        ([, it]) => it !== undefined,
      ),
    );
  };

/** The shipped stack in which the server is told otherwise, and perhaps reads another object. */
function stackWith(changes: Readonly<Record<string, string | undefined>>, content?: string): Plan {
  const plans =
    content === undefined
      ? [shipped(TENANT)]
      : edited([shipped(TENANT)], {
          type: OBJECT,
          name: "documents-apis.json",
          change: (inputs) => (inputs["content"] = content),
        });
  return edited(plans, { type: RUNTIME, name: V2, change: told(changes) })[0]!;
}

function saidOf(plan: Plan): readonly string[] {
  const verdict = judge(plan, TODAY, [settingsAreOfTheStack, workloadsAreToldWhatTheyRead]);
  return verdict.rules.flatMap(({ violations }) => violations.map(({ message }) => message));
}

describe("the server before the APIs that a tenant brings", () => {
  const none = apisObject({ id: "norda-ab" });
  const digest = createHash("sha256").update(none).digest("hex");
  const elsewhere = JSON.stringify({ erp: { baseUrl: "https://erp.evil.example/v1" } });
  const inNoNetwork = JSON.stringify({ erp: { baseUrl: "https://erp.xyz.example/v1", onlyNetworks: ["10.0.0.0/20"] } });

  it("is told of them as it is shipped", () => {
    expect(saidOf(stackWith({}))).toEqual([]);
  });

  it.each<[string, Plan, string]>([
    ["another digest", stackWith({ APIS_DIGEST: "0".repeat(64) }), "APIS_DIGEST"],
    ["another object", stackWith({ APIS_KEY: "documents/contracts.json" }), "APIS_DIGEST"],
    ["no digest", stackWith({ APIS_DIGEST: undefined }), "APIS_DIGEST"],
    ["no bucket", stackWith({ APIS_BUCKET: undefined }), "APIS_BUCKET"],
    ["the bucket of another", stackWith({ APIS_BUCKET: "other" }), "APIS_BUCKET"],
    ["the APIs of another tenant, with their digest", stackWith({ APIS_DIGEST: digest }, none), "APIS_DIGEST"],
    ["a host that the tenant does not name", stackWith({ BACKENDS: elsewhere }), "BACKENDS"],
    ["a network that the tenant does not name", stackWith({ BACKENDS: inNoNetwork }), "BACKENDS"],
  ])("must not be told of %s", (_, plan, name) => {
    expect(saidOf(plan).join("\n")).toMatch(new RegExp(`"${V2}" .*${name}`));
  });
});
