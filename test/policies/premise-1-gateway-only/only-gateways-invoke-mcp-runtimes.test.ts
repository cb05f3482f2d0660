import * as aws from "@pulumi/aws";
import { KIND, TAG } from "../../../contracts/tags.ts";
import { onlyGatewaysInvokeMcpRuntimes } from "../../../policies/premise-1-gateway-only/only-gateways-invoke-mcp-runtimes.ts";
import { testRule } from "../../support/rule-tester.ts";
import { gatewayOf, policyOf, roleFor, runtimeOf, served } from "../programs.ts";

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

const MESSAGE = '"calls" must not grant the invocation of an MCP runtime: it is not a gateway\'s.';

testRule(onlyGatewaysInvokeMcpRuntimes, {
  accepts: {
    "a gateway's role": () => grant({ to: "gateway", resource: `${ARN}/database-*` }),
    "an agent's role that calls another agent": () => grant({ to: "agent", resource: `${ARN}/coordinator-*` }),
    "an agent's role that does something else": () =>
      grant({ to: "agent", resource: `${ARN}/*`, action: "GetAgentRuntime" }),
  },
  rejects: {
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
