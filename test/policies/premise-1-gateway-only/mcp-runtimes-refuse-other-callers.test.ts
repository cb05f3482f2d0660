import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { KIND, TAG } from "../../../contracts/tags.ts";
import { mcpRuntimesRefuseOtherCallers } from "../../../policies/premise-1-gateway-only/mcp-runtimes-refuse-other-callers.ts";
import { testRule } from "../../support/rule-tester.ts";
import { ACCOUNT, endpointOf, gatewayOf, policyOf, roleFor, runtimeOf, served } from "../programs.ts";

type Deny = Readonly<Record<string, unknown>>;

/** A runtime with an endpoint, both of which deny everyone but the gateway's role; `change` alters the runtime's denial. */
function guarded({ change = {}, endpoint = true }: { change?: Deny; endpoint?: boolean } = {}): void {
  const opts = served();
  const gateway = gatewayOf("mcp", opts);
  const runtime = runtimeOf("database", opts);
  deny("runtime", runtime.agentRuntimeArn, { ...denial(gateway.roleArn), ...change }, opts);
  const { agentRuntimeEndpointArn } = endpointOf("live", runtime, opts);
  if (endpoint) deny("endpoint", agentRuntimeEndpointArn, denial(gateway.roleArn), opts);
}

function denial(roleArn: pulumi.Input<string>): Deny {
  return {
    Effect: "Deny",
    Principal: "*",
    Action: ["bedrock-agentcore:InvokeAgentRuntime*"],
    Resource: "*",
    Condition: { ArnNotEquals: { "aws:PrincipalArn": [roleArn] } },
  };
}

function deny(name: string, resourceArn: pulumi.Input<string>, it: Deny, opts: pulumi.CustomResourceOptions): void {
  new aws.bedrock.AgentcoreResourcePolicy(name, { resourceArn, policy: policyOf(it) }, opts);
}

const RUNTIME = '"database" must deny its invocation to everyone but the gateways\' roles.';
const ENDPOINT = '"live" must deny its invocation to everyone but the gateways\' roles.';

testRule(mcpRuntimesRefuseOtherCallers, {
  accepts: { "a runtime and an endpoint that deny all but the gateway": () => guarded() },
  rejects: {
    "a runtime without a policy": [() => void runtimeOf("database", served()), RUNTIME],
    "an endpoint without a policy": [() => guarded({ endpoint: false }), ENDPOINT],
    "a denial without a condition's exception, which would be for nobody": [
      () => guarded({ change: { Condition: {} } }),
      RUNTIME,
    ],
    "a statement that allows": [() => guarded({ change: { Effect: "Allow" } }), RUNTIME],
    "a denial for some": [
      () => guarded({ change: { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/nobody` } } }),
      RUNTIME,
    ],
    "a denial of half of the invocations": [
      () => guarded({ change: { Action: "bedrock-agentcore:InvokeAgentRuntime" } }),
      RUNTIME,
    ],
    "a denial with an exception for any role": [
      () => guarded({ change: { Condition: { ArnNotLike: { "aws:PrincipalArn": "*" } } } }),
      RUNTIME,
    ],
    "a denial with an exception for a role that is no gateway's": [
      () =>
        guarded({
          change: { Condition: { ArnNotEquals: { "aws:PrincipalArn": roleFor("other", served({ name: "b" })).arn } } },
        }),
      RUNTIME,
    ],
    "a denial under a second condition": [
      () =>
        guarded({
          change: { Condition: { ArnNotEquals: { "aws:PrincipalArn": "x" }, Bool: { "aws:ViaAWSService": "true" } } },
        }),
      RUNTIME,
    ],
  },
  ignores: {
    "an agent's runtime": () => void runtimeOf("coordinator", served(), { tags: { [TAG.kind]: KIND.agent } }),
  },
});
