import { deploymentsMayMakeAndChangeTheirOwn } from "../../../../policies/premise-8-least-privilege/execution/deployments-may-make-and-change-their-own.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { type Inputs, statementsIn } from "../../proofs/edits.ts";

const XYZ = "execution-production.eu-west-1.xyz-gmbh";

/** The plan in which each statement of the role is what the change makes of it. */
const changed = (change: (statement: Inputs) => Inputs) =>
  shippedWith(
    "production",
    "aws:iam/policy:Policy",
    /^execution-production\.eu-west-1\.xyz-gmbh-/,
    statementsIn("policy", (all) => all.map(change)),
  );
const says = (call: string): string => `"${XYZ}" must allow ${call}.`;
const actionsOf = (it: Inputs): readonly unknown[] => [it["Action"]].flat();
const asks = (it: Inputs, key: string): boolean => JSON.stringify(it["Condition"] ?? {}).includes(key);

/** The plan in which the role's denial is of queues that are made, under another condition. */
const denied = (conditionOf: (it: Inputs) => Inputs) =>
  changed((it) =>
    it["Effect"] === "Allow"
      ? it
      : { ...it, Action: ["sqs:CreateQueue"], Condition: conditionOf(it["Condition"] as Inputs) },
  );
const without = (action: string, isMeant: (it: Inputs) => boolean) =>
  changed((it) =>
    it["Effect"] === "Allow" && isMeant(it) ? { ...it, Action: actionsOf(it).filter((of) => of !== action) } : it,
  );

testRule(deploymentsMayMakeAndChangeTheirOwn, {
  accepts: {
    "the roles of an environment": shipped("production"),
    "the roles of another environment": shipped("development"),
    "one more action on everything of the stack": changed((it) =>
      asks(it, "aws:ResourceTag") && actionsOf(it).includes("sqs:DeleteQueue")
        ? { ...it, Action: [...actionsOf(it), "sqs:PurgeQueue"] }
        : it,
    ),
  },
  rejects: {
    "a role that is named after no stack": [
      shippedWith("production", "aws:iam/role:Role", XYZ, (it) => (it["name"] = "production.eu-west-1.nobody")),
      `"${XYZ}" must have the address of a stack as its name.`,
    ],
    "queues that cannot be made": [
      without("sqs:CreateQueue", (it) => asks(it, "aws:RequestTag")),
      says("sqs:CreateQueue for what it makes"),
    ],
    "tags of databases that cannot be changed": [
      without("rds:AddTagsToResource", (it) => asks(it, "aws:ResourceTag")),
      says("rds:AddTagsToResource to tag what it has"),
    ],
    "queues that cannot be changed": [
      without("sqs:SetQueueAttributes", (it) => asks(it, "aws:ResourceTag")),
      says("sqs:SetQueueAttributes for what it has"),
    ],
    "keys of which there is only the alias": [
      without("kms:CreateAlias", (it) => asks(it, "aws:ResourceTag")),
      says("kms:CreateAlias on :key/"),
    ],
    "a web ACL that stands before nothing": [
      without("wafv2:AssociateWebACL", (it) => JSON.stringify(it["Resource"]).includes("loadbalancer/app")),
      says("wafv2:AssociateWebACL on :gateway/"),
      says("wafv2:AssociateWebACL on :userpool/"),
      says("wafv2:AssociateWebACL on :loadbalancer/app/"),
    ],
    "a web ACL of the region that cannot be read": [
      without("wafv2:GetWebACL", (it) => JSON.stringify(it["Resource"]).includes("webacl/alicerce-")),
      says("wafv2:GetWebACL on :regional/webacl/alicerce-"),
    ],
    "a denial of what has no tag yet": [
      denied((it) => ({ StringNotEquals: it["StringNotEquals"] })),
      says("sqs:CreateQueue for what it makes"),
    ],
    "a denial of what has the stack's own tag": [
      denied((it) => ({ Null: it["Null"] })),
      says("sqs:CreateQueue for what it has"),
    ],
    "a denial under no condition": [
      denied(() => ({})),
      says("sqs:CreateQueue for what it makes"),
      says("sqs:CreateQueue for what it has"),
    ],
    "queues in another region alone": [
      changed((it) =>
        asks(it, "aws:RequestTag") && actionsOf(it).includes("sqs:CreateQueue")
          ? { ...it, Resource: "arn:aws:sqs:eu-central-1:111122223333:*" }
          : it,
      ),
      says("sqs:CreateQueue in eu-west-1"),
      says("sqs:TagQueue in eu-west-1"),
    ],
  },
  ignores: { "roles of a region": shipped("production.eu-west-1") },
});
