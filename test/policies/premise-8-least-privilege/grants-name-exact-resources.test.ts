import * as aws from "@pulumi/aws";
import { grantsNameExactResources } from "../../../policies/premise-8-least-privilege/grants-name-exact-resources.ts";
import { testRule } from "../../support/rule-tester.ts";
import { planOf, policyOf, policyOfText, roleFor, served } from "../programs.ts";

function grant(it: Readonly<Record<string, unknown>>): void {
  const opts = served();
  const policy = policyOf({ Effect: "Allow", Action: "kms:Decrypt", ...it });
  new aws.iam.RolePolicy("uses", { role: roleFor("worker", opts).name, policy }, opts);
}

const PLACE = "eu-west-1:444455556666";
const INTERFACES = ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface"];
const EVERYWHERE = { Effect: "Allow", Action: INTERFACES, Resource: "arn:aws:ec2:eu-west-1:444455556666:*/*" };
const NOT_BY_CODE = {
  Effect: "Deny",
  Action: INTERFACES,
  Resource: "*",
  Condition: { ArnLike: { "lambda:SourceFunctionArn": "arn:aws:lambda:eu-west-1:444455556666:function:*" } },
};

/** A role that lets Lambda put its function into a network. */
function interfaces(...statements: readonly unknown[]): void {
  const opts = served();
  new aws.iam.RolePolicy("uses", { role: roleFor("worker", opts).name, policy: policyOf(...statements) }, opts);
}

const METRICS = { Action: "cloudwatch:PutMetricData", Resource: "*" };
const MESSAGE = '"uses" must grant its actions on exact resources.';

testRule(grantsNameExactResources, {
  accepts: {
    "an ARN": () => grant({ Resource: "arn:aws:kms:eu-west-1:444455556666:key/one" }),
    "what is below a name": () => grant({ Resource: "arn:aws:logs:eu-west-1:444455556666:log-group:/agents/*" }),
    "a model in any region": () => grant({ Resource: "arn:aws:bedrock:*::foundation-model/anthropic.claude" }),
    "the objects of a bucket": () => grant({ Resource: "arn:aws:s3:::example/*" }),
    "actions that know no resource": () => grant({ Action: ["ecr:GetAuthorizationToken"], Resource: "*" }),
    "the list of models": () => grant({ Action: "bedrock:ListFoundationModels", Resource: "*" }),
    "values of metrics": () => grant({ Action: ["cloudwatch:GetMetricData"], Resource: "*" }),
    "the list of queues": () => grant({ Action: "sqs:ListQueues", Resource: "*" }),
    "the reading of documents": () =>
      grant({ Action: ["textract:AnalyzeDocument", "textract:DetectDocumentText"], Resource: "*" }),
    "a runtime by its name, whose id is not known": () =>
      grant({
        Action: "bedrock-agentcore:GetAgentRuntime",
        Resource: `arn:aws:bedrock-agentcore:${PLACE}:runtime/one-*`,
      }),
    "a secret by its name": () =>
      grant({ Action: "secretsmanager:GetSecretValue", Resource: `arn:aws:secretsmanager:${PLACE}:secret:one-??????` }),
    "roles below a path": () =>
      grant({ Action: "sts:AssumeRole", Resource: "arn:aws:iam::444455556666:role/alicerce/execution/*" }),
    "a version of a function": () =>
      grant({ Action: "lambda:InvokeFunction", Resource: `arn:aws:lambda:${PLACE}:function:one:*` }),
    "metrics of one namespace": () =>
      grant({ ...METRICS, Condition: { StringEquals: { "cloudwatch:namespace": "bedrock-agentcore" } } }),
    "network interfaces of a function whose own code is denied them": () => interfaces(EVERYWHERE, NOT_BY_CODE),
  },
  rejects: {
    "functions whose names begin alike": [
      () => grant({ Action: "lambda:InvokeFunction", Resource: `arn:aws:lambda:${PLACE}:function:i*` }),
      MESSAGE,
    ],
    "functions whose names begin with a word": [
      () => grant({ Action: "lambda:InvokeFunction", Resource: `arn:aws:lambda:${PLACE}:function:interceptor-*` }),
      MESSAGE,
    ],
    "tables whose names end alike": [
      () => grant({ Action: "dynamodb:GetItem", Resource: `arn:aws:dynamodb:${PLACE}:table/t?ble` }),
      MESSAGE,
    ],
    "queues whose names begin alike": [
      () => grant({ Action: "sqs:SendMessage", Resource: `arn:aws:sqs:${PLACE}:jobs*` }),
      MESSAGE,
    ],
    "buckets whose names begin alike": [
      () => grant({ Action: "s3:GetObject", Resource: "arn:aws:s3:::exam*/*" }),
      MESSAGE,
    ],
    "secrets whose names begin alike": [
      () => grant({ Action: "secretsmanager:GetSecretValue", Resource: `arn:aws:secretsmanager:${PLACE}:secret:a*` }),
      MESSAGE,
    ],
    "a key in any account": [() => grant({ Resource: "arn:aws:kms:eu-west-1:*:key/one" }), MESSAGE],
    "a key in any region": [() => grant({ Resource: "arn:aws:kms:*:444455556666:key/one" }), MESSAGE],
    "whatever a tag of the caller names": [
      () => grant({ Action: "s3:GetObject", Resource: "arn:aws:s3:::${aws:PrincipalTag/bucket}/*" }),
      MESSAGE,
    ],
    "everything to a user": [
      planOf({
        type: "aws:iam/userPolicy:UserPolicy",
        name: "uses",
        inputs: { user: "someone", policy: policyOfText({ Effect: "Allow", Action: "kms:Decrypt", Resource: "*" }) },
      }),
      MESSAGE,
    ],
    "network interfaces in a role's own policy, for whoever has the role": [
      () => void roleFor("uses", served(), { inlinePolicies: [{ name: "net", policy: policyOf(EVERYWHERE) }] }),
      MESSAGE,
    ],
    "a denial for code that names another operator": [
      () =>
        interfaces(EVERYWHERE, {
          ...NOT_BY_CODE,
          Condition: { ArnNotLike: { "lambda:SourceFunctionArn": "arn:aws:lambda:eu-west-1:444455556666:function:*" } },
        }),
      MESSAGE,
    ],
    "network interfaces for whoever has the role": [() => interfaces(EVERYWHERE), MESSAGE],
    "network interfaces of which the code is denied some": [
      () => interfaces(EVERYWHERE, { ...NOT_BY_CODE, Action: INTERFACES.slice(1) }),
      MESSAGE,
    ],
    "network interfaces that one function's code is denied": [
      () =>
        interfaces(EVERYWHERE, {
          ...NOT_BY_CODE,
          Condition: { ArnLike: { "lambda:SourceFunctionArn": "arn:aws:lambda:eu-west-1:444455556666:function:one" } },
        }),
      MESSAGE,
    ],
    "something else in the shape of network interfaces": [
      () =>
        interfaces(
          { ...EVERYWHERE, Action: "ec2:TerminateInstances" },
          { ...NOT_BY_CODE, Action: "ec2:TerminateInstances" },
        ),
      MESSAGE,
    ],
    everything: [() => grant({ Resource: "*" }), MESSAGE],
    "everything of a type": [() => grant({ Resource: "arn:aws:kms:eu-west-1:444455556666:key/*" }), MESSAGE],
    "everything of a service": [() => grant({ Resource: "arn:aws:kms:eu-west-1:444455556666:*" }), MESSAGE],
    "one ARN and everything": [() => grant({ Resource: ["arn:aws:kms:eu-west-1:444455556666:key/one", "*"] }), MESSAGE],
    "everything but one": [() => grant({ NotResource: "arn:aws:kms:eu-west-1:444455556666:key/one" }), MESSAGE],
    "no resource": [() => grant({}), MESSAGE],
    "metrics of every namespace": [() => grant(METRICS), MESSAGE],
    "an action in the company of one that knows no resource": [
      () => grant({ Action: ["ecr:GetAuthorizationToken", "kms:Decrypt"], Resource: "*" }),
      MESSAGE,
    ],
  },
});
