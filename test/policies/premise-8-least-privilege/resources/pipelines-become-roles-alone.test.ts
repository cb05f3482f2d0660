import type { Plan } from "../../../../plan/model.ts";
import { pipelinesBecomeRolesAlone } from "../../../../policies/premise-8-least-privilege/resources/pipelines-become-roles-alone.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { type Inputs, statementsIn } from "../../proofs/edits.ts";

const ENVIRONMENT = "production";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const NAME = "deploy";

const policy = (change: (statements: Inputs[]) => Inputs[]): Plan =>
  shippedWith(ENVIRONMENT, POLICY, NAME, statementsIn("policy", change));
const also = (statement: Inputs): Plan => policy((all) => [...all, statement]);
const trust = (change: (statements: Inputs[]) => Inputs[]): Plan =>
  shippedWith(ENVIRONMENT, "aws:iam/role:Role", NAME, statementsIn("assumeRolePolicy", change));

const ROLES = "arn:aws:iam::111122223333:role/alicerce";
const ALONE = '"deploy" must be granted nothing but sts:AssumeRole on the execution roles.';
const NOTHING = '"deploy" must be granted sts:AssumeRole on the execution roles.';
const UNTRUSTED = '"deploy" must be trusted by a role.';

testRule(pipelinesBecomeRolesAlone, {
  accepts: {
    "the shipped stack of an environment": shipped(ENVIRONMENT),
    "one execution role of all": policy((all) => all.map((it) => ({ ...it, Resource: `${ROLES}/execution/apply` }))),
  },
  rejects: {
    "an issuer that nobody trusts": [trust(() => []), UNTRUSTED],
    "an issuer that is refused": [trust((all) => all.map((it) => ({ ...it, Effect: "Deny" }))), UNTRUSTED],
    "a role that may do nothing": [shippedWith(ENVIRONMENT, POLICY, NAME), NOTHING],
    "a role that is denied what it is for": [policy((all) => all.map((it) => ({ ...it, Effect: "Deny" }))), NOTHING],
    "a role that may become every role": [policy((all) => all.map((it) => ({ ...it, Resource: `${ROLES}/*` }))), ALONE],
    "a role that reads a secret by itself": [
      also({ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" }),
      ALONE,
    ],
    "a role that may do all but one thing": [
      also({ Effect: "Allow", NotAction: "iam:CreateUser", Resource: `${ROLES}/execution/apply` }),
      ALONE,
    ],
  },
});
