import type { Plan } from "../../../plan/model.ts";
import { policyDocumentsAreUnderstood } from "../../../policies/premise-8-least-privilege/policy-documents-are-understood.ts";
import { testRule } from "../../support/rule-tester.ts";
import { planOf } from "../programs.ts";

const ALLOW = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::example/*" };

const granting = (policy: unknown): Plan =>
  planOf({ type: "aws:iam/rolePolicy:RolePolicy", name: "reads", inputs: { role: "worker", policy } });

const holding = (statement: unknown): Plan => granting({ Version: "2012-10-17", Statement: statement });

const text = (statement: string): Plan => granting(`{"Version":"2012-10-17","Statement":${statement}}`);

const message = (why: string): string =>
  `"reads" must hold a policy document that can be read in one way only: ${why}.`;
const NO_TEXT = message("it holds something else where a text must be");

testRule(policyDocumentsAreUnderstood, {
  accepts: {
    "a document as text": granting(JSON.stringify({ Version: "2012-10-17", Id: "one", Statement: [ALLOW] })),
    "a document as an object, with one statement": holding({ Sid: "One", ...ALLOW }),
    "text with spaces": text(`[ ${JSON.stringify(ALLOW)} ]`),
    "a boolean in a condition": holding({ ...ALLOW, Condition: { Bool: { "aws:SecureTransport": true } } }),
    "the same key in two statements": text(`[${JSON.stringify(ALLOW)}, ${JSON.stringify(ALLOW)}]`),
    "a trust in two documents of one role": planOf({
      type: "aws:iam/role:Role",
      name: "reads",
      inputs: { assumeRolePolicy: { Statement: [] }, inlinePolicies: [{ name: "a", policy: { Statement: ALLOW } }] },
    }),
  },
  rejects: {
    "text that is no JSON": [granting("Allow everything"), message("it is no JSON")],
    "a repeated element": [
      text('[{"Effect":"Deny","Action":"*","Resource":"*","Effect":"Allow"}]'),
      message('it says "Effect" twice in one place'),
    ],
    "a repeated list of statements": [
      granting('{"Statement":[],"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'),
      message('it says "Statement" twice in one place'),
    ],
    "an element that IAM does not know": [
      holding({ ...ALLOW, Resources: "*" }),
      message('it holds "Resources", which IAM does not know there'),
    ],
    "an effect that IAM does not know": [
      holding({ ...ALLOW, Effect: "Permit" }),
      message("an effect is neither Allow nor Deny"),
    ],
    "an action that is no text": [holding({ ...ALLOW, Action: [{ s3: "*" }] }), NO_TEXT],
    "a principal that is no text": [holding({ ...ALLOW, Principal: { AWS: [["*"]] } }), NO_TEXT],
    "a condition that is no text": [
      holding({ ...ALLOW, Condition: { StringEquals: { "aws:SourceAccount": { is: "1" } } } }),
      NO_TEXT,
    ],
    "a document that is a list": [granting([ALLOW]), message("it holds something else where an object must be")],
    "a document inside a role": [
      planOf({
        type: "aws:iam/role:Role",
        name: "reads",
        inputs: {
          inlinePolicies: [
            { name: "a", policy: "{}" },
            { name: "b", policy: "{" },
          ],
        },
      }),
      message("it is no JSON"),
    ],
    "a document of a key": [
      planOf({ type: "aws:kms/replicaKey:ReplicaKey", name: "reads", inputs: { policy: "no" } }),
      message("it is no JSON"),
    ],
    "a document of an endpoint": [
      planOf({ type: "aws:ec2/vpcEndpoint:VpcEndpoint", name: "reads", inputs: { policy: "no" } }),
      message("it is no JSON"),
    ],
  },
  ignores: { "a queue without a policy": planOf({ type: "aws:sqs/queue:Queue", name: "jobs" }) },
});
