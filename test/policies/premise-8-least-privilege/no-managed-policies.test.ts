import * as aws from "@pulumi/aws";
import { noManagedPolicies } from "../../../policies/premise-8-least-privilege/no-managed-policies.ts";
import { testRule } from "../../support/rule-tester.ts";
import { planOf, roleFor, served, urnOf } from "../programs.ts";

const FULL = "arn:aws:iam::aws:policy/AmazonBedrockFullAccess";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

testRule(noManagedPolicies, {
  accepts: { "a role by itself": () => void roleFor("worker", served()) },
  rejects: {
    "an attachment": [
      () => {
        const opts = served();
        new aws.iam.RolePolicyAttachment("full", { role: roleFor("worker", opts).name, policyArn: FULL }, opts);
      },
      '"full" must not attach a managed policy.',
    ],
    "a role that names one": [
      () => void roleFor("worker", served(), { managedPolicyArns: [FULL] }),
      '"worker" must not attach a managed policy.',
    ],
  },
  ignores: {
    "what a cluster attaches to its own roles": planOf(
      { type: "eks:index:Cluster", name: "agents", custom: false },
      { type: ATTACHMENT, name: "nodes", parent: urnOf("eks:index:Cluster", "agents") },
    ),
  },
});
