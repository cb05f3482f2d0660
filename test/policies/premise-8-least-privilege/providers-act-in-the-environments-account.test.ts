import * as aws from "@pulumi/aws";
import { UNKNOWN } from "../../../plan/model.ts";
import { providersActInTheEnvironmentsAccount } from "../../../policies/premise-8-least-privilege/providers-act-in-the-environments-account.ts";
import { testRule } from "../../support/rule-tester.ts";
import { shipped, shippedWith } from "../edited-plans.ts";
import { only } from "../not-understood.ts";
import { ACCOUNT, planOf, REGION } from "../programs.ts";
import { set } from "../proofs/edits.ts";

const AWS = "pulumi:providers:aws";

function provider(args: aws.ProviderArgs): void {
  new aws.Provider("aws", { region: REGION, ...args });
}

/** A provider as a plan holds it: lists are text there, or lists. */
function written(allowedAccountIds: unknown) {
  return only(AWS, { allowedAccountIds }, "aws");
}

const OWN = `arn:aws:iam::${ACCOUNT}:role/alicerce/execution/production.eu-west-1.xyz-gmbh`;

const acting = (roles: unknown) =>
  only(AWS, { allowedAccountIds: [ACCOUNT], assumeRoles: JSON.stringify(roles) }, "aws");

const MESSAGE = `"aws" must act in the account ${ACCOUNT} only.`;

testRule(providersActInTheEnvironmentsAccount, {
  accepts: {
    "the environment's account": () => provider({ allowedAccountIds: [ACCOUNT] }),
    "the environment's account, as a list": written([ACCOUNT]),
    "the role that deploys the stack": acting([{ roleArn: OWN }]),
  },
  rejects: {
    "the role of another tenant's stack": [
      acting([{ roleArn: OWN.replace("xyz-gmbh", "acme-corp") }]),
      '"aws" must act as no role but that of its stack.',
    ],
    "an administrator after the stack's own role": [
      acting([{ roleArn: OWN }, { roleArn: `arn:aws:iam::${ACCOUNT}:role/administrator` }]),
      '"aws" must act as no role but that of its stack.',
    ],
    "roles that are no list": [
      only(AWS, { allowedAccountIds: [ACCOUNT], assumeRoles: OWN }, "aws"),
      '"aws" must act as no role but that of its stack.',
    ],
    "any account": [() => provider({}), MESSAGE],
    "another account": [written('["999988887777"]'), MESSAGE],
    "another account beside the environment's": [written([ACCOUNT, "999988887777"]), MESSAGE],
    "no account": [written("[]"), MESSAGE],
    "a text that is no list": [written(ACCOUNT), MESSAGE],
    "the provider that the engine makes where a program names none": [
      only(AWS, { region: REGION }, "default"),
      `"default" must act in the account ${ACCOUNT} only.`,
    ],
    "an account that is not known, beside another": [written([UNKNOWN, "999988887777"]), MESSAGE],
  },
  ignores: { "a stack whose name is no address": { ...planOf({ type: AWS, name: "aws" }), stack: "playground" } },
});

testRule(providersActInTheEnvironmentsAccount, {
  accepts: { "an environment, where AWS has what is once for an account": shipped("production") },
  rejects: {
    "an environment in a region that it has not": [
      shippedWith("production", AWS, "aws", set(["region"], "us-east-7")),
      '"aws" must act in a region of the environment, or in us-east-1.',
    ],
  },
});
