import { deploymentsKeepToTheirStack } from "../../../../policies/premise-8-least-privilege/execution/deployments-keep-to-their-stack.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { type Inputs, statementsIn } from "../../proofs/edits.ts";

const POLICY = "aws:iam/policy:Policy";
const XYZ = "execution-production.eu-west-1.xyz-gmbh";
const OWN = { StringEquals: { "aws:ResourceTag/alicerce:stack": "production.eu-west-1.xyz-gmbh" } };

const more = (...statements: readonly Inputs[]) =>
  shippedWith(
    "production",
    POLICY,
    `${XYZ}-1`,
    statementsIn("policy", (all) => [...all, ...statements.map((it) => ({ Effect: "Allow", ...it }))]),
  );
const says = (action: string): string => `"${XYZ}-1" must not allow ${action} on what is another stack's.`;
const arn = (service: string, resource: string, region = "eu-west-1"): string =>
  `arn:aws:${service}:${region}:111122223333:${resource}`;

testRule(deploymentsKeepToTheirStack, {
  accepts: {
    "the roles of an environment": shipped("production"),
    "one more action on what is the stack's own": more({
      Action: "sqs:PurgeQueue",
      Resource: arn("sqs", "*"),
      Condition: OWN,
    }),
  },
  rejects: {
    "all queues": [more({ Action: "sqs:DeleteQueue", Resource: arn("sqs", "*") }), says("sqs:DeleteQueue")],
    "what is another tenant's": [
      more({
        Action: "lambda:UpdateFunctionCode",
        Resource: arn("lambda", "*"),
        Condition: { StringEquals: { "aws:ResourceTag/alicerce:stack": "production.eu-west-1.xyz-gmbh.other" } },
      }),
      says("lambda:UpdateFunctionCode"),
    ],
    "a tag that a request without it meets": [
      more({
        Action: "rds:DeleteDBCluster",
        Resource: arn("rds", "*"),
        Condition: { StringNotEqualsIfExists: { "aws:ResourceTag/alicerce:tenant": "acme-corp" } },
      }),
      says("rds:DeleteDBCluster"),
    ],
    "roles of the region": [
      more({ Action: "iam:PutRolePolicy", Resource: "arn:aws:iam::111122223333:role/alicerce/region/eu-west-1/*" }),
      says("iam:PutRolePolicy"),
    ],
    "roles of all tenants": [
      more({ Action: "iam:UpdateAssumeRolePolicy", Resource: "arn:aws:iam::111122223333:role/alicerce/tenant/*" }),
      says("iam:UpdateAssumeRolePolicy"),
    ],
    "buckets of another tenant": [
      more({ Action: "s3:PutBucketPolicy", Resource: "arn:aws:s3:::acme-corp-111122223333-use1-*" }),
      says("s3:PutBucketPolicy"),
    ],
    "another tenant's alias": [
      more({ Action: "kms:UpdateAlias", Resource: arn("kms", "alias/alicerce/tenant/*") }),
      says("kms:UpdateAlias"),
    ],
    "records of the environment's zone": [
      more({ Action: "route53:DisableHostedZoneDNSSEC", Resource: "arn:aws:route53:::hostedzone/*" }),
      says("route53:DisableHostedZoneDNSSEC"),
    ],
    "a web ACL before another tenant's pool of users": [
      more({ Action: "cognito-idp:AssociateWebACL", Resource: arn("cognito-idp", "userpool/*") }),
      says("cognito-idp:AssociateWebACL"),
    ],
    "everything but some actions": [more({ NotAction: "iam:*", Resource: arn("sqs", "*") }), says("everything")],
    "a tag on what another stack has, once nothing denies it": [
      shippedWith(
        "production",
        POLICY,
        /^execution-production\.eu-west-1\.xyz-gmbh-/,
        statementsIn("policy", (all) =>
          all.filter((it) => it["Effect"] === "Allow" && !Object.hasOwn(it, "Sid") && isAboutKeys(it)),
        ),
      ),
      `"${XYZ}-3" must not allow kms:TagResource on what is another stack's.`,
    ],
    "another region than the residency's": [
      more({ Action: "sqs:PurgeQueue", Resource: arn("sqs", "*", "us-east-1"), Condition: OWN }),
      `"${XYZ}-1" must not allow anything in us-east-1.`,
    ],
  },
  ignores: { "policies of a region": shipped("production.eu-west-1") },
});

/** Whether a statement is that by which keys are tagged as they are made. */
function isAboutKeys(it: Inputs): boolean {
  return [it["Action"]].flat().includes("kms:TagResource") && JSON.stringify(it).includes("aws:RequestTag");
}
