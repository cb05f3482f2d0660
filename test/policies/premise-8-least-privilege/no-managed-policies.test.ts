import * as aws from "@pulumi/aws";
import { noManagedPolicies } from "../../../policies/premise-8-least-privilege/no-managed-policies.ts";
import { testRule } from "../../support/rule-tester.ts";
import { planOf, policyOf, roleFor, served, urnOf } from "../programs.ts";

const FULL = "arn:aws:iam::aws:policy/AmazonBedrockFullAccess";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

const AUTO_MODE = "arn:aws:iam::aws:policy/AmazonEKSComputePolicy";
const ATTACHED = '"policy" must not attach a managed policy.';

/** A policy attached to a role that these services assume. */
function attached(services: string | string[], policyArn: string): void {
  const opts = served();
  const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: services } };
  const role = roleFor("cluster", opts, { assumeRolePolicy: policyOf(trust) });
  new aws.iam.RolePolicyAttachment("policy", { role: role.name, policyArn }, opts);
}

testRule(noManagedPolicies, {
  accepts: {
    "a role by itself": () => void roleFor("worker", served()),
    "a policy of Auto Mode on the role of a cluster": () => attached("eks.amazonaws.com", AUTO_MODE),
  },
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
    "any other policy on the role of a cluster": [() => attached("eks.amazonaws.com", FULL), ATTACHED],
    "a policy of Auto Mode on another role": [() => attached("lambda.amazonaws.com", AUTO_MODE), ATTACHED],
    "a policy of Auto Mode on a role that others assume as well": [
      () => attached(["eks.amazonaws.com", "lambda.amazonaws.com"], AUTO_MODE),
      ATTACHED,
    ],
    "what a cluster's component attaches to a role that is not there": [
      planOf(
        { type: "eks:index:Cluster", name: "agents", custom: false },
        { type: ATTACHMENT, name: "nodes", parent: urnOf("eks:index:Cluster", "agents") },
      ),
      '"nodes" must not attach a managed policy.',
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
});
