import { deploymentsAskForWhatTellsTheirStack } from "../../../../policies/premise-8-least-privilege/execution/deployments-ask-for-what-tells-their-stack.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { type Inputs, statementsIn } from "../../proofs/edits.ts";

const XYZ = "execution-production.eu-west-1.xyz-gmbh";
const STACK = "production.eu-west-1.xyz-gmbh";
const ASKED = { "aws:RequestTag/alicerce:stack": STACK };
const ROLES = "arn:aws:iam::111122223333:role/alicerce/tenant/eu-west-1/xyz-gmbh/*";
const BOUNDARY = {
  "iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/alicerce/alicerce-production-boundary",
};
const EKS = { "iam:PolicyARN": "arn:aws:iam::aws:policy/AmazonEKS*" };
const BUCKET = "arn:aws:s3:::xyz-gmbh-111122223333-euw1-*";

const more = (statement: Inputs) =>
  shippedWith(
    "production",
    "aws:iam/policy:Policy",
    `${XYZ}-1`,
    statementsIn("policy", (all) => [...all, { Effect: "Allow", ...statement }]),
  );
const arn = (service: string, resource: string): string => `arn:aws:${service}:eu-west-1:111122223333:${resource}`;
const withoutTag = (action: string): string => `"${XYZ}-1" must allow ${action} only with the tag of its stack.`;
const without = (action: string, key: string): string => `"${XYZ}-1" must allow ${action} only by a known ${key}.`;

testRule(deploymentsAskForWhatTellsTheirStack, {
  accepts: {
    "the roles of an environment": shipped("production"),
    "one more thing that is made with the tag": more({
      Action: "sqs:CreateQueue",
      Resource: arn("sqs", "*"),
      Condition: { StringEquals: ASKED },
    }),
    "a look at what knows no resource, in the region": more({
      Action: "sqs:ListQueues",
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
    }),
    "a denial with IfExists, of which another rule speaks": more({
      Effect: "Deny",
      Action: "sqs:CreateQueue",
      Resource: "*",
      Condition: { StringEqualsIfExists: { "aws:RequestTag/x": "y" } },
    }),
  },
  rejects: {
    "a tag that a request may leave out": [
      more({ Action: "sqs:CreateQueue", Resource: arn("sqs", "*"), Condition: { StringEqualsIfExists: ASKED } }),
      `"${XYZ}-1" must ask for each key of a condition without IfExists: sqs:CreateQueue.`,
      withoutTag("sqs:CreateQueue"),
    ],
    "all resources for an action that knows some": [
      more({
        Action: "sqs:CreateQueue",
        Resource: "*",
        Condition: { StringEquals: { ...ASKED, "aws:RequestedRegion": "eu-west-1" } },
      }),
      `"${XYZ}-1" must name the resources of what knows resources: sqs:CreateQueue.`,
    ],
    "a look in all regions": [
      more({ Action: "sqs:ListQueues", Resource: "*" }),
      `"${XYZ}-1" must allow what names no resource in the stack's regions alone: sqs:ListQueues.`,
    ],
    "a look in a region of another residency": [
      more({
        Action: "sqs:ListQueues",
        Resource: "*",
        Condition: { StringEquals: { "aws:RequestedRegion": ["eu-west-1", "us-east-1"] } },
      }),
      `"${XYZ}-1" must allow what names no resource in the stack's regions alone: sqs:ListQueues.`,
    ],
    "something that is made without the tag": [
      more({ Action: "sqs:CreateQueue", Resource: arn("sqs", "*") }),
      withoutTag("sqs:CreateQueue"),
    ],
    "something without a name that is made without the tag": [
      more({
        Action: "kms:CreateKey",
        Resource: "*",
        Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
      }),
      withoutTag("kms:CreateKey"),
    ],
    "something that is made with the tag of the region": [
      more({
        Action: "sqs:CreateQueue",
        Resource: arn("sqs", "*"),
        Condition: { StringEquals: { "aws:RequestTag/alicerce:stack": "production.eu-west-1" } },
      }),
      withoutTag("sqs:CreateQueue"),
    ],
    "roles without a boundary": [
      more({ Action: "iam:CreateRole", Resource: ROLES }),
      without("iam:CreateRole", "iam:PermissionsBoundary"),
    ],
    "roles with a boundary of AWS": [
      more({
        Action: "iam:PutRolePolicy",
        Resource: ROLES,
        Condition: { StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess" } },
      }),
      without("iam:PutRolePolicy", "iam:PermissionsBoundary"),
    ],
    "any policy on a role": [
      more({ Action: "iam:AttachRolePolicy", Resource: ROLES, Condition: { StringEquals: BOUNDARY } }),
      without("iam:AttachRolePolicy", "iam:PolicyARN"),
    ],
    "each policy of AWS on a role": [
      more({
        Action: "iam:AttachRolePolicy",
        Resource: ROLES,
        Condition: { StringEquals: BOUNDARY, ArnLike: { "iam:PolicyARN": "*" } },
      }),
      without("iam:AttachRolePolicy", "iam:PolicyARN"),
    ],
    "a policy on roles without a boundary": [
      more({ Action: "iam:AttachRolePolicy", Resource: ROLES, Condition: { ArnLike: EKS } }),
      without("iam:AttachRolePolicy", "iam:PermissionsBoundary"),
    ],
    "roles passed on to any service": [
      more({ Action: "iam:PassRole", Resource: ROLES }),
      without("iam:PassRole", "iam:PassedToService"),
    ],
    "buckets of another account": [
      more({ Action: "s3:PutBucketPolicy", Resource: BUCKET }),
      without("s3:PutBucketPolicy", "aws:ResourceAccount"),
    ],
    "keys that are used directly": [
      more({
        Action: "kms:Decrypt",
        Resource: arn("kms", "key/*"),
        Condition: { StringEquals: { "aws:ResourceTag/alicerce:stack": STACK } },
      }),
      without("kms:Decrypt", "kms:ViaService"),
    ],
    "keys that are used through anything": [
      more({
        Action: "kms:Encrypt",
        Resource: arn("kms", "key/*"),
        Condition: {
          StringEquals: { "aws:ResourceTag/alicerce:stack": STACK },
          StringLike: { "kms:ViaService": "*" },
        },
      }),
      without("kms:Encrypt", "kms:ViaService"),
    ],
    "items of all partitions": [
      more({
        Action: "dynamodb:PutItem",
        Resource: arn("dynamodb", "table/*"),
        Condition: { StringEquals: { "aws:ResourceTag/alicerce:stack": STACK } },
      }),
      without("dynamodb:PutItem", "dynamodb:LeadingKeys"),
    ],
    "records of all names": [
      more({ Action: "route53:ChangeResourceRecordSets", Resource: "arn:aws:route53:::hostedzone/*" }),
      without("route53:ChangeResourceRecordSets", "route53:ChangeResourceRecordSetsNormalizedRecordNames"),
    ],
  },
  ignores: { "policies of a region": shipped("production.eu-west-1") },
});
