import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { operationCalls, operationStatements } from "../../../../infra/tenant/servers/operations.ts";
import { MCP_CONTRACTS } from "../../../../releases/tool-catalogue.ts";
import { PLACE } from "../../../components/planned.ts";

const OPERATIONS = { logGroups: { servers: "/servers" }, gatewayArns: { b2b: "arn:gateway" }, runtimeIds: {} };

const resolved = async (it: pulumi.Input<pulumi.Input<string>[]>) =>
  new Promise<readonly string[]>((resolve) => {
    pulumi.output(it).apply((known) => resolve(known));
  });

describe("calls that read a tenant's operations", () => {
  it("are permitted on resources of their own kind only", () => {
    const calls = ["bedrock-agentcore:GetGateway", "logs:FilterLogEvents", "xray:GetTraceSummaries"];
    expect(operationStatements(calls, OPERATIONS, PLACE)).toEqual([
      {
        Effect: "Allow",
        Action: ["logs:FilterLogEvents"],
        Resource: ["arn:aws:logs:eu-west-1:111122223333:log-group:/servers:*"],
      },
      { Effect: "Allow", Action: ["xray:GetTraceSummaries"], Resource: "*" },
      { Effect: "Allow", Action: ["bedrock-agentcore:GetGateway"], Resource: ["arn:gateway"] },
    ]);
  });

  it("are permitted on a runtime's endpoint where they ask for that", async () => {
    const of = { ...OPERATIONS, runtimeIds: { "database-v3": "database-1" } };
    const [it] = operationStatements(["bedrock-agentcore:GetAgentRuntimeEndpoint"], of, PLACE);
    const runtime = "arn:aws:bedrock-agentcore:eu-west-1:111122223333:runtime/database-1";
    const resources = await resolved(it!.Resource as pulumi.Input<string>[]);
    expect(resources).toEqual([runtime, `${runtime}/runtime-endpoint/production`]);
  });

  it("are all that the development server declares, beside those on the bucket", () => {
    const declared = MCP_CONTRACTS["development"]!["1"]!.awsCalls;
    expect(declared.filter((it) => !operationCalls(declared).includes(it))).toEqual(["kms:Decrypt", "s3:GetObject"]);
  });
});
