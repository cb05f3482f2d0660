import { clusterRolesPassOnNodesAlone } from "../../../../policies/premise-8-least-privilege/resources/cluster-roles-pass-on-nodes-alone.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { type Inputs, set, statementsIn, withoutAction } from "../../proofs/edits.ts";

const POLICY = "aws:iam/policy:Policy";
const BOUNDS =
  '"cluster-boundary" must bound: actions of IAM by name on what is the account\'s own, iam:PassRole for nodes alone.';

const passing = (change: (statement: Inputs) => Inputs) =>
  shippedWith(
    "production",
    POLICY,
    "cluster-boundary",
    statementsIn("policy", (all) => all.map((it) => (String(it["Action"]) === "iam:PassRole" ? change(it) : it))),
  );
const more = (statement: Inputs) =>
  shippedWith(
    "production",
    POLICY,
    "cluster-boundary",
    statementsIn("policy", (all) => [...all, { Effect: "Allow", ...statement }]),
  );

testRule(clusterRolesPassOnNodesAlone, {
  accepts: { "the boundaries of an environment": shipped("production") },
  rejects: {
    "a role that is passed to any service": [passing((it) => ({ ...it, Condition: undefined })), BOUNDS],
    "a condition that a request without the key meets": [
      passing((it) => ({
        ...it,
        Condition: { StringEqualsIfExists: { "iam:PassedToService": "ec2.amazonaws.com" } },
      })),
      BOUNDS,
    ],
    "any action of IAM": [more({ Action: "iam:*", Resource: "*" }), BOUNDS],
    "an action of IAM on all of it": [more({ Action: "iam:GetServerCertificate", Resource: "*" }), BOUNDS],
    "all but one action": [more({ NotAction: "iam:CreateUser", Resource: "*" }), BOUNDS],
    "what EKS needs and may not do": [
      shippedWith("production", POLICY, "cluster-boundary", withoutAction("policy", "acm:DescribeCertificate")),
      '"cluster-boundary" must allow acm:DescribeCertificate, without which EKS Auto Mode does not work.',
    ],
    "a policy that no role names": [
      shippedWith("production", POLICY, "boundary", set(["name"], "alicerce-production-boundaries")),
      '"boundary" must be one of the boundaries that roles of the environment name.',
    ],
  },
  ignores: { "the stack of a region": shipped("production.eu-west-1") },
});
