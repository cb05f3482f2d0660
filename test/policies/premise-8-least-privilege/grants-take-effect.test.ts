import * as aws from "@pulumi/aws";
import { grantsTakeEffect } from "../../../policies/premise-8-least-privilege/grants-take-effect.ts";
import { testRule } from "../../support/rule-tester.ts";
import { policyOf, roleFor, served } from "../programs.ts";

type Statement = Readonly<Record<string, unknown>>;

const RUNTIME = "arn:aws:bedrock-agentcore:eu-west-1:111122223333:runtime/one";
const LIST = { Effect: "Allow", Action: "bedrock-agentcore:ListAgentRuntimeEndpoints" };

function grant(...statements: readonly Statement[]): void {
  const opts = served();
  new aws.iam.RolePolicy("uses", { role: roleFor("worker", opts).name, policy: policyOf(...statements) }, opts);
}

function inline(statement: Statement): void {
  roleFor("worker", served(), { inlinePolicies: [{ name: "uses", policy: policyOf(statement) }] });
}

function boundary(statement: Statement): void {
  new aws.iam.Policy("boundary", { policy: policyOf(statement) }, served());
}

const never = (name: string, action = LIST.Action) => `"${name}" must grant ${action} on "*", or not at all.`;

testRule(grantsTakeEffect, {
  accepts: {
    "an action that knows no resource, on everything": () => grant({ ...LIST, Resource: "*" }),
    "an action on its resource": () =>
      grant({ Effect: "Allow", Action: "bedrock-agentcore:GetAgentRuntimeEndpoint", Resource: RUNTIME }),
    "a denial, which may name what it likes": () => grant({ ...LIST, Effect: "Deny", Resource: RUNTIME }),
  },
  rejects: {
    "an action that knows no resource, on an ARN": [() => grant({ ...LIST, Resource: RUNTIME }), never("uses")],
    "such an action among others": [
      () =>
        grant({
          Effect: "Allow",
          Action: ["bedrock-agentcore:GetAgentRuntime", "xray:GetTraceSummaries"],
          Resource: [RUNTIME],
        }),
      never("uses", "xray:GetTraceSummaries"),
    ],
    "such a grant in a role's own policies": [() => inline({ ...LIST, Resource: RUNTIME }), never("worker")],
    "a boundary that leaves no such action": [() => boundary({ ...LIST, Resource: RUNTIME }), never("boundary")],
  },
});
