import type * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../identity/policy-document.ts";
import type { Place } from "../place.ts";

/** Lets only principals of the own account through an endpoint; what they may do there is for IAM to say. */
export function ownAccount(place: Place): pulumi.Output<string> {
  return policyDocument([principalsOf(place)]);
}

/** Lets callers who have a token, and are no IAM principals, reach the account's own gateways: the resource is what is bounded. */
export function ownGateways({ account, region }: Place): pulumi.Output<string> {
  return policyDocument([
    {
      Effect: "Allow",
      Principal: "*",
      Action: "bedrock-agentcore:InvokeGateway",
      Resource: `arn:aws:bedrock-agentcore:${region}:${account}:gateway/*`,
    },
  ]);
}

/** As `ownAccount`, and the bucket from which Amazon ECR hands out image layers by signed URL. */
export function imageLayersAndOwn(place: Place): pulumi.Output<string> {
  return policyDocument([
    principalsOf(place),
    {
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::prod-${place.region}-starport-layer-bucket/*`,
    },
  ]);
}

function principalsOf({ account }: Place): Statement {
  return {
    Effect: "Allow",
    Principal: "*",
    Action: "*",
    Resource: "*",
    Condition: { StringEquals: { "aws:PrincipalAccount": account } },
  };
}
