import * as aws from "@pulumi/aws";
import { KIND, TAG } from "../../../contracts/tags.ts";
import { onlyGatewaysInvokeMcpRuntimes } from "../../../policies/premise-1-gateway-only/only-gateways-invoke-mcp-runtimes.ts";
import { testRule } from "../../support/rule-tester.ts";
import { gatewayOf, planOf, policyOf, policyOfText, roleFor, runtimeOf, served } from "../programs.ts";

const ARN = "arn:aws:bedrock-agentcore:eu-west-1:111122223333:runtime";

/** A role, a gateway's or an agent's, that may invoke the resource; beside it an MCP runtime named `database` and an agent. */
function grant({
  to,
  resource,
  action = "InvokeAgentRuntime",
}: {
  to: "gateway" | "agent";
  resource: string;
  action?: string;
}): void {
  const opts = served();
  runtimeOf("database", opts);
  runtimeOf("coordinator", opts, { tags: { [TAG.kind]: KIND.agent } });
  const role = roleFor("caller", opts);
  if (to === "gateway") gatewayOf("mcp", opts, { roleArn: role.arn });
  const statement = { Effect: "Allow", Action: `bedrock-agentcore:${action}`, Resource: resource };
  new aws.iam.RolePolicy("calls", { role: role.name, policy: policyOf(statement) }, opts);
}

const statementOn = (resource: string): object => ({
  Effect: "Allow",
  Action: "bedrock-agentcore:InvokeAgentRuntime",
  Resource: resource,
});

const MESSAGE = '"calls" must not grant the invocation of an MCP runtime: it is not a gateway\'s.';

testRule(onlyGatewaysInvokeMcpRuntimes, {
  accepts: {
    "a gateway's role": () => grant({ to: "gateway", resource: `${ARN}/database-*` }),
    "an agent's role that calls another agent": () => grant({ to: "agent", resource: `${ARN}/coordinator-*` }),
    "an agent's role that does something else": () =>
      grant({ to: "agent", resource: `${ARN}/*`, action: "GetAgentRuntime" }),
  },
  rejects: {
    "a role's own policy that calls the MCP runtime": [
      () => {
        const opts = served();
        runtimeOf("database", opts);
        roleFor("calls", opts, {
          inlinePolicies: [{ name: "it", policy: policyOf(statementOn(`${ARN}/database-*`)) }],
        });
      },
      MESSAGE,
    ],
    "a managed policy that calls the MCP runtime": [
      () => {
        const opts = served();
        runtimeOf("database", opts);
        const { arn } = new aws.iam.Policy("calls", { policy: policyOf(statementOn(`${ARN}/database-*`)) }, opts);
        new aws.iam.RolePolicyAttachment("to", { role: roleFor("worker", opts).name, policyArn: arn }, opts);
      },
      MESSAGE,
    ],
    "a user that calls the MCP runtime": [
      planOf({
        type: "aws:iam/userPolicy:UserPolicy",
        name: "calls",
        inputs: { user: "someone", policy: policyOfText(statementOn(`${ARN}/database-*`)) },
      }),
      MESSAGE,
    ],
    "another tenant's MCP runtime, by its name": [
      () => grant({ to: "agent", resource: `${ARN}/acme_corp_mcp_database_v3-0123456789` }),
      MESSAGE,
    ],
    "a runtime of another account": [
      () => grant({ to: "agent", resource: "arn:aws:bedrock-agentcore:eu-west-1:999988887777:runtime/coordinator-*" }),
      MESSAGE,
    ],
    ...Object.fromEntries(
      [
        "InvokeAgentRuntimeForUser",
        "InvokeAgentRuntimeCommand",
        "InvokeAgentRuntimeWithWebSocketStream",
        "InvokeAgentRuntimeWithWebSocketStreamForUser",
        "InvokeAgentRuntime*",
        "Invoke*",
        "invokeagentruntime",
      ].map((action) => [
        `an agent's role that calls by ${action}`,
        [(): void => grant({ to: "agent", resource: `${ARN}/database-*`, action }), MESSAGE] as const,
      ]),
    ),
    "an agent's role that does everything but reading": [
      () => {
        const opts = served();
        runtimeOf("database", opts);
        const policy = policyOf({ Effect: "Allow", NotAction: "s3:GetObject", Resource: "*" });
        new aws.iam.RolePolicy("calls", { role: roleFor("caller", opts).name, policy }, opts);
      },
      MESSAGE,
    ],
    "a role that only begins like a gateway's": [
      () => {
        const opts = served();
        runtimeOf("database", opts);
        gatewayOf("mcp", opts, { roleArn: roleFor("caller", opts, { name: "caller" }).arn });
        const policy = policyOf(statementOn(`${ARN}/database-*`));
        new aws.iam.RolePolicy("calls", { role: roleFor("other", opts, { name: "caller-2" }).name, policy }, opts);
      },
      MESSAGE,
    ],
    "an agent's role that calls the MCP runtime": [
      () => grant({ to: "agent", resource: `${ARN}/database-0123456789` }),
      MESSAGE,
    ],
    "an agent's role that calls any runtime": [() => grant({ to: "agent", resource: `${ARN}/*` }), MESSAGE],
    "an agent's role that calls anything": [() => grant({ to: "agent", resource: "*" }), MESSAGE],
    "an agent's role that does anything": [
      () => grant({ to: "agent", resource: `${ARN}/data*`, action: "*" }),
      MESSAGE,
    ],
  },
});
