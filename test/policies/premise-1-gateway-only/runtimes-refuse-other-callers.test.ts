import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { KIND, TAG } from "../../../contracts/tags.ts";
import { runtimesRefuseOtherCallers } from "../../../policies/premise-1-gateway-only/runtimes-refuse-other-callers.ts";
import { testRule } from "../../support/rule-tester.ts";
import { ACCOUNT, endpointOf, gatewayOf, policyOf, roleFor, runtimeOf, served } from "../programs.ts";

type Deny = Readonly<Record<string, unknown>>;

/** A runtime with an endpoint, both of which deny everyone but the gateway's role; `change` alters the runtime's denial. */
function guarded({
  change = {},
  endpoint = true,
  also = [],
}: { change?: Deny; endpoint?: boolean; also?: Deny[] } = {}): void {
  const opts = served();
  const gateway = gatewayOf("mcp", opts);
  const runtime = runtimeOf("database", opts);
  deny("runtime", runtime.agentRuntimeArn, { ...denial(gateway.roleArn), ...change }, opts, also);
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

/** An agent's runtime whose denial is altered; without one where `change` is `undefined`. */
function agent(change: Deny | undefined = {}, protocolConfiguration = { serverProtocol: "A2A" }): void {
  const opts = served();
  const runtime = runtimeOf("coordinator", opts, { tags: { [TAG.kind]: KIND.agent }, protocolConfiguration });
  const { arn } = roleFor("caller", opts);
  deny("runtime", runtime.agentRuntimeArn, { ...denial(arn), ...change }, opts);
}

function deny(
  name: string,
  resourceArn: pulumi.Input<string>,
  it: Deny,
  opts: pulumi.CustomResourceOptions,
  also: readonly Deny[] = [],
): void {
  new aws.bedrock.AgentcoreResourcePolicy(name, { resourceArn, policy: policyOf(it, ...also) }, opts);
}

const RUNTIME = '"database" must deny its invocation to everyone but the gateways\' roles.';
const NAMED = '"coordinator" must deny its invocation to everyone but roles that it names.';
const ALLOWED = '"database" must allow nothing to anyone but the gateways\' roles.';
const ENDPOINT = '"live" must deny its invocation to everyone but the gateways\' roles.';

testRule(runtimesRefuseOtherCallers, {
  accepts: {
    "a runtime and an endpoint that deny all but the gateway": () => guarded(),
    "a denial by a pattern that has no wildcard": () => {
      const opts = served();
      const gateway = gatewayOf("mcp", opts);
      const change = { Condition: { ArnNotLike: { "aws:PrincipalArn": gateway.roleArn } } };
      deny("runtime", runtimeOf("database", opts).agentRuntimeArn, { ...denial(""), ...change }, opts);
    },
    "a runtime that allows its gateway what it denies to others": () => {
      const opts = served();
      const { roleArn } = gatewayOf("mcp", opts);
      const allowed = {
        Effect: "Allow",
        Principal: { AWS: roleArn },
        Action: "bedrock-agentcore:InvokeAgentRuntime",
        Resource: "*",
      };
      deny("runtime", runtimeOf("database", opts).agentRuntimeArn, denial(roleArn), opts, [allowed]);
    },
    "an agent's runtime that denies all but the roles that it names": () => agent(),
  },
  rejects: {
    "a runtime without a policy": [() => void runtimeOf("database", served()), RUNTIME],
    "an endpoint without a policy": [() => guarded({ endpoint: false }), ENDPOINT],
    "a denial without a condition's exception, which would be for nobody": [
      () => guarded({ change: { Condition: {} } }),
      RUNTIME,
    ],
    "a statement that allows": [() => guarded({ change: { Effect: "Allow" } }), RUNTIME, ALLOWED],
    "a denial for some": [
      () => guarded({ change: { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/nobody` } } }),
      RUNTIME,
    ],
    "a denial of half of the invocations": [
      () => guarded({ change: { Action: "bedrock-agentcore:InvokeAgentRuntime" } }),
      RUNTIME,
    ],
    "a denial of the invocations that are known today": [
      () =>
        guarded({
          change: { Action: ["bedrock-agentcore:InvokeAgentRuntime", "bedrock-agentcore:InvokeAgentRuntimeForUser"] },
        }),
      RUNTIME,
    ],
    "another statement, which lets everybody do something else": [
      () =>
        guarded({
          also: [{ Effect: "Allow", Principal: "*", Action: "bedrock-agentcore:StopRuntimeSession", Resource: "*" }],
        }),
      ALLOWED,
    ],
    "an agent's runtime without a policy": [
      () => void runtimeOf("coordinator", served(), { tags: { [TAG.kind]: KIND.agent } }),
      NAMED,
    ],
    "an agent's runtime that lets every role of the account in": [
      () => agent({ Condition: { ArnNotLike: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/*` } } }),
      NAMED,
    ],
    "an agent's runtime that lets a role of another account in": [
      () => agent({ Condition: { ArnNotEquals: { "aws:PrincipalArn": "arn:aws:iam::444455556666:role/caller" } } }),
      NAMED,
    ],
    "a server of MCP that calls itself an agent": [
      () => agent({}, { serverProtocol: "MCP" }),
      '"coordinator" must deny its invocation to everyone but the gateways\' roles.',
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
});
