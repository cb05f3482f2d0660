import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../identity/policy-document.ts";

/** A runtime or an endpoint, and the only roles that may call it. */
export interface OnlyCallersArgs {
  readonly resourceArn: pulumi.Input<string>;
  readonly callerArns: readonly pulumi.Input<string>[];
}

/** Refuses every caller but these. The explicit Deny is what counts: without it, an identity policy alone would be enough to call. */
export function onlyCallers(
  name: string,
  { resourceArn, callerArns }: OnlyCallersArgs,
  opts: pulumi.CustomResourceOptions,
): aws.bedrock.AgentcoreResourcePolicy {
  const policy = policyDocument([
    {
      Sid: "Callers",
      Effect: "Allow",
      Principal: { AWS: callerArns },
      Action: ["bedrock-agentcore:InvokeAgentRuntime"],
      Resource: resourceArn,
    },
    {
      Sid: "NobodyElse",
      Effect: "Deny",
      Principal: "*",
      Action: ["bedrock-agentcore:InvokeAgentRuntime*"],
      Resource: resourceArn,
      Condition: { ArnNotEquals: { "aws:PrincipalArn": callerArns } },
    },
  ]);
  return new aws.bedrock.AgentcoreResourcePolicy(name, { resourceArn, policy }, opts);
}
