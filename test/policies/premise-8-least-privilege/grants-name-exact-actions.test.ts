import * as aws from "@pulumi/aws";
import { grantsNameExactActions } from "../../../policies/premise-8-least-privilege/grants-name-exact-actions.ts";
import { testRule } from "../../support/rule-tester.ts";
import { planOf, policyOf, policyOfText, roleFor, served } from "../programs.ts";

type Statement = Readonly<Record<string, unknown>>;

const BUCKET = "arn:aws:s3:::example/*";

function grant(...statements: readonly Statement[]): void {
  const opts = served();
  const policy = policyOf(...statements.map((it) => ({ Effect: "Allow", Resource: BUCKET, ...it })));
  new aws.iam.RolePolicy("reads", { role: roleFor("worker", opts).name, policy }, opts);
}

const MESSAGE = '"reads" must grant exact actions.';

testRule(grantsNameExactActions, {
  accepts: {
    "one statement instead of a list": () => {
      const opts = served();
      const policy = JSON.stringify({ Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: BUCKET } });
      new aws.iam.RolePolicy("reads", { role: roleFor("worker", opts).name, policy }, opts);
    },
    "actions by name": () => grant({ Action: ["s3:GetObject", "s3:PutObject"] }),
    "a denial of everything": () => grant({ Action: "s3:GetObject" }, { Effect: "Deny", Action: "*" }),
  },
  rejects: {
    "every action for a user": [
      planOf({
        type: "aws:iam/userPolicy:UserPolicy",
        name: "reads",
        inputs: { user: "someone", policy: policyOfText({ Effect: "Allow", Action: "s3:*", Resource: BUCKET }) },
      }),
      MESSAGE,
    ],
    "every action for a group": [
      planOf({
        type: "aws:iam/groupPolicy:GroupPolicy",
        name: "reads",
        inputs: { group: "some", policy: policyOfText({ Effect: "Allow", Action: "s3:*", Resource: BUCKET }) },
      }),
      MESSAGE,
    ],
    "every action in a managed policy that is attached": [
      () => {
        const opts = served();
        const policy = policyOf({ Effect: "Allow", Action: "s3:*", Resource: BUCKET });
        const { arn } = new aws.iam.Policy("reads", { policy }, opts);
        new aws.iam.RolePolicyAttachment("to", { role: roleFor("worker", opts).name, policyArn: arn }, opts);
      },
      MESSAGE,
    ],
    "every action": [() => grant({ Action: "*" }), MESSAGE],
    "every action of a service": [() => grant({ Action: "s3:*" }), MESSAGE],
    "every action that begins alike": [() => grant({ Action: ["s3:GetObject", "s3:Get*"] }), MESSAGE],
    "every action but some": [() => grant({ NotAction: "s3:DeleteObject" }), MESSAGE],
    "no action": [() => grant({}), MESSAGE],
    "a wildcard written into the role": [
      () =>
        void roleFor("worker", served(), {
          inlinePolicies: [{ name: "all", policy: policyOf({ Effect: "Allow", Action: "*", Resource: BUCKET }) }],
        }),
      '"worker" must grant exact actions.',
    ],
  },
});
