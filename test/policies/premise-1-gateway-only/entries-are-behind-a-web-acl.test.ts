import * as aws from "@pulumi/aws";
import { entriesAreBehindAWebAcl } from "../../../policies/premise-1-gateway-only/entries-are-behind-a-web-acl.ts";
import type { Plan } from "../../../plan/model.ts";
import { testRule } from "../../support/rule-tester.ts";
import { gatewayOf, planOf, served } from "../programs.ts";

const ACL = "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/alicerce-gateways/0123";
const GATEWAY = "arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/entry-0123456789";
const POOL = "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_0123456789";

/** A gateway or a pool, and an association of a web ACL with it or with something else. */
function entry(arn: string, webAclArn?: string, resourceArn = arn): Plan {
  const it =
    arn === POOL
      ? { type: "aws:cognito/userPool:UserPool", outputs: { arn } }
      : { type: "aws:bedrock/agentcoreGateway:AgentcoreGateway", outputs: { gatewayArn: arn } };
  const association = {
    type: "aws:wafv2/webAclAssociation:WebAclAssociation",
    name: "entry",
    inputs: { resourceArn, webAclArn },
  };
  return planOf({ ...it, name: "entry", inputs: {} }, ...(webAclArn === undefined ? [] : [association]));
}

/** A gateway behind a web ACL, of which nothing exists. */
function program(): void {
  const opts = served();
  const visibilityConfig = { cloudwatchMetricsEnabled: true, metricName: "acl", sampledRequestsEnabled: false };
  const acl = new aws.wafv2.WebAcl("acl", { scope: "REGIONAL", defaultAction: { allow: {} }, visibilityConfig }, opts);
  const { gatewayArn: resourceArn } = gatewayOf("entry", opts);
  new aws.wafv2.WebAclAssociation("entry", { resourceArn, webAclArn: acl.arn }, opts);
}

const MESSAGE = '"entry" must be guarded by a web ACL of its region.';

testRule(entriesAreBehindAWebAcl, {
  accepts: {
    "a gateway behind a web ACL": entry(GATEWAY, ACL),
    "a pool behind a web ACL": entry(POOL, ACL),
    "a gateway behind a web ACL of its own program": program,
  },
  rejects: {
    "a gateway without a web ACL": [entry(GATEWAY), MESSAGE],
    "a pool without a web ACL": [entry(POOL), MESSAGE],
    "a web ACL of another region": [entry(GATEWAY, ACL.replace("eu-west-1", "eu-central-1")), MESSAGE],
    "a web ACL of CloudFront": [entry(POOL, ACL.replace("regional", "global")), MESSAGE],
    "a web ACL before another gateway": [entry(GATEWAY, ACL, GATEWAY.replace("entry", "other")), MESSAGE],
    "something that is no web ACL": [entry(GATEWAY, GATEWAY), MESSAGE],
    "no ARN of a web ACL": [entry(GATEWAY, ""), MESSAGE],
  },
});
