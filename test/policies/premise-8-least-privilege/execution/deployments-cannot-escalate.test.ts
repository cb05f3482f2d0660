import { deploymentsCannotEscalate } from "../../../../policies/premise-8-least-privilege/execution/deployments-cannot-escalate.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { type Inputs, statementsIn } from "../../proofs/edits.ts";

const POLICY = "aws:iam/policy:Policy";
const ACCOUNT = "111122223333";
const ROLES = `arn:aws:iam::${ACCOUNT}:role/alicerce`;
const TABLE = `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/x`;

const OF_DEPLOYMENTS = ["execution/production", "execution/production.x.y", "deploy-x"];
const CHANGES = [
  ...["iam:AttachRolePolicy", "iam:CreateRole", "iam:PutRolePolicy", "iam:PassRole", "iam:TagRole"],
  ...["iam:UpdateAssumeRolePolicy", "iam:DeleteRolePolicy"],
];

const edited = (change: (all: Inputs[]) => Inputs[]) =>
  shippedWith("production", POLICY, "execution-boundary", statementsIn("policy", change));
const without = (sid: string) => edited((all) => all.filter((it) => it["Sid"] !== sid));
const more = (statement: Inputs) => edited((all) => [...all, { Effect: "Allow", ...statement }]);
const says = (call: string): string => `"execution-boundary" must not allow a deployment ${call}.`;

testRule(deploymentsCannotEscalate, {
  accepts: {
    "the boundary of an environment": shipped("production"),
    "one that also denies what the platform does not use": more({
      Effect: "Deny",
      Action: "ec2:RunInstances",
      Resource: "*",
    }),
  },
  rejects: {
    "a role without a boundary, or with that of an administrator": [
      without("OnlyBoundedRoles"),
      says(`iam:AttachRolePolicy on ${ROLES}/tenant/x/y/z`),
      says(`iam:CreateRole on ${ROLES}/tenant/x/y/z`),
      says(`iam:PutRolePolicy on ${ROLES}/tenant/x/y/z`),
    ],
    "a change of the roles that deploy": [
      without("NotThemselves"),
      says(`${CHANGES[0]} on ${ROLES}/execution/production`),
      ...CHANGES.flatMap((it) => OF_DEPLOYMENTS.map((role) => says(`${it} on ${ROLES}/${role}`))).slice(1),
    ],
    "another text for the boundary": [
      more({ Action: "iam:CreatePolicyVersion", Resource: `arn:aws:iam::${ACCOUNT}:policy/alicerce/*` }),
      says(`iam:CreatePolicyVersion on arn:aws:iam::${ACCOUNT}:policy/alicerce/x`),
    ],
    "keys of a user": [
      more({ Action: "iam:CreateAccessKey", Resource: "*" }),
      says(`iam:CreateAccessKey on arn:aws:iam::${ACCOUNT}:user/x`),
    ],
    "the role of another stack": [
      more({ Action: "sts:AssumeRole", Resource: `${ROLES}/execution/*` }),
      says(`sts:AssumeRole on ${ROLES}/execution/production`),
      says(`sts:AssumeRole on ${ROLES}/execution/production.x.y`),
    ],
    "keys through a service of which nothing is deployed": [
      edited((all) =>
        all.map((it) =>
          [it["Action"]].flat().includes("kms:Decrypt")
            ? { ...it, Condition: { StringLike: { "kms:ViaService": "*" } } }
            : it,
        ),
      ),
      says(`kms:Decrypt on arn:aws:kms:eu-west-1:${ACCOUNT}:key/x`),
    ],
    "backups that are carried away": [
      edited((all) =>
        all.map((it) =>
          it["Sid"] === "NoData"
            ? { ...it, Action: [it["Action"]].flat().filter((of) => of !== "backup:StartCopyJob") }
            : it,
        ),
      ),
      says(`backup:StartCopyJob on arn:aws:backup:eu-west-1:${ACCOUNT}:backup-vault:x`),
    ],
    "the customers' items": [
      without("NoItemsButTheDirectory"),
      says(`dynamodb:DeleteItem on ${TABLE}`),
      says(`dynamodb:GetItem on ${TABLE}`),
      says(`dynamodb:PutItem on ${TABLE}`),
      says(`dynamodb:UpdateItem on ${TABLE}`),
    ],
    "objects that are no documents of a deployment": [
      without("NoObjectsButDocuments"),
      says("s3:GetObject on arn:aws:s3:::x/customers/y"),
    ],
    "the use of a key that no service asks for": [
      more({ Action: "kms:Decrypt", Resource: `arn:aws:kms:*:${ACCOUNT}:key/*` }),
      says(`kms:Decrypt on arn:aws:kms:eu-west-1:${ACCOUNT}:key/x`),
    ],
  },
  ignores: { "the stack of a region": shipped("production.eu-west-1") },
});
