import { onlyTheDeployRoleDeploys } from "../../../../policies/premise-8-least-privilege/execution/only-the-deploy-role-deploys.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { type Inputs, set, statementsIn } from "../../proofs/edits.ts";

const ROLE = "aws:iam/role:Role";
const NAME = "execution-production.eu-west-1.xyz-gmbh";
const ALONE = `"${NAME}" must be assumed by the deploy role of the environment alone.`;
const ADDRESS = `"${NAME}" must have the address of a stack of the environment as its name, and be in the environment's stack.`;

const trusting = (change: (statement: Inputs) => Inputs) =>
  shippedWith(
    "production",
    ROLE,
    NAME,
    statementsIn("assumeRolePolicy", (all) => all.map(change)),
  );
const principal = (id: unknown) => trusting((it) => ({ ...it, Principal: id }));

testRule(onlyTheDeployRoleDeploys, {
  accepts: { "the roles of an environment": shipped("production") },
  rejects: {
    "the whole account": [principal({ AWS: "arn:aws:iam::111122223333:root" }), ALONE],
    "an agent of the tenant": [
      principal({ AWS: "arn:aws:iam::111122223333:role/alicerce/tenant/eu-west-1/xyz-gmbh/agent-1234567" }),
      ALONE,
    ],
    "a role of a tenant with a name like that of the deploy role": [
      principal({ AWS: "arn:aws:iam::111122223333:role/alicerce/tenant/eu-west-1/xyz-gmbh/deploy-1234567" }),
      ALONE,
    ],
    "a deploy role of another account": [
      principal({ AWS: "arn:aws:iam::999988887777:role/alicerce/deploy-1234567" }),
      ALONE,
    ],
    "any role with a name like that": [principal({ AWS: "arn:aws:iam::111122223333:role/alicerce/deploy-*" }), ALONE],
    "a service": [principal({ Service: "lambda.amazonaws.com" }), ALONE],
    "sessions with tags of the caller": [
      trusting((it) => ({ ...it, Action: ["sts:AssumeRole", "sts:TagSession"] })),
      ALONE,
    ],
    "nobody in particular": [
      shippedWith(
        "production",
        ROLE,
        NAME,
        statementsIn("assumeRolePolicy", () => []),
      ),
      ALONE,
    ],
    "a stack that is not": [
      shippedWith("production", ROLE, NAME, set(["name"], "production.eu-west-1.nobody")),
      ADDRESS,
    ],
    "a document in the role": [
      shippedWith("production", ROLE, NAME, (inputs) => {
        inputs["inlinePolicies"] = [{ name: "more", policy: "{}" }];
      }),
      `"${NAME}" must have policies of its own only.`,
    ],
  },
  ignores: { "roles of a tenant": shipped("production.eu-west-1.xyz-gmbh") },
});
