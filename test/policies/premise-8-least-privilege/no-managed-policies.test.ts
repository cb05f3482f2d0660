import * as aws from "@pulumi/aws";
import { noManagedPolicies } from "../../../policies/premise-8-least-privilege/no-managed-policies.ts";
import { testRule } from "../../support/rule-tester.ts";
import { planOf, roleFor, served, urnOf } from "../programs.ts";

const FULL = "arn:aws:iam::aws:policy/AmazonBedrockFullAccess";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

testRule(noManagedPolicies, {
  accepts: { "a role by itself": () => void roleFor("worker", served()) },
  rejects: {
    "any policy but a cluster's own inside a cluster": [
      planOf(
        { type: "eks:index:Cluster", name: "agents", custom: false },
        {
          type: ATTACHMENT,
          name: "full",
          parent: urnOf("eks:index:Cluster", "agents"),
          inputs: { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess", role: "nodes" },
        },
      ),
      '"full" must not attach a managed policy.',
    ],
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
    ...Object.fromEntries(
      [
        "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
        "aws:iam/userPolicyAttachment:UserPolicyAttachment",
        "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive",
        "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment",
      ].map((type) => [
        `a ${type}`,
        [
          planOf({ type, name: "full", inputs: { policyArn: FULL } }),
          '"full" must not attach a managed policy.',
        ] as const,
      ]),
    ),
  },
  ignores: {
    "what a cluster attaches to its own roles": planOf(
      { type: "eks:index:Cluster", name: "agents", custom: false },
      {
        type: ATTACHMENT,
        name: "nodes",
        parent: urnOf("eks:index:Cluster", "agents"),
        inputs: { policyArn: "arn:aws:iam::aws:policy/AmazonEKSWorkerNodeMinimalPolicy", role: "nodes" },
      },
    ),
  },
});
