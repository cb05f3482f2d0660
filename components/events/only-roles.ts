import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../identity/policy-document.ts";

/**
 * The policy of a queue or a bus by which some calls are refused to everybody but these roles, whatever else grants them, and AWS's own
 * services may do what `others` allow: those are no principals with an ARN, so the denial leaves them out.
 */
export function onlyRoles(
  roles: readonly aws.iam.Role[],
  calls: readonly string[],
  resource: pulumi.Input<string>,
  others: readonly Statement[] = [],
): pulumi.Output<string> {
  const denied: Statement = {
    Sid: "OnlyRoles",
    Effect: "Deny",
    Principal: "*",
    Action: calls,
    Resource: resource,
    Condition: {
      ArnNotEquals: { "aws:PrincipalArn": roles.map((it) => it.arn) },
      Bool: { "aws:PrincipalIsAWSService": "false" },
    },
  };
  return policyDocument([denied, ...others]);
}
