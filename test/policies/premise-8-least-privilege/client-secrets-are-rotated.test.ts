import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { clientSecretsAreRotated } from "../../../policies/premise-8-least-privilege/client-secrets-are-rotated.ts";
import { testRule } from "../../support/rule-tester.ts";
import { policyOf, roleFor, served } from "../programs.ts";

const ACTIONS = ["DescribeSecret", "GetSecretValue", "PutSecretValue", "UpdateSecretVersionStage"].map(
  (it) => `secretsmanager:${it}`,
);

interface Changes {
  readonly actions: readonly string[];
  readonly days: number;
  readonly principal: string;
  /** Which secret the function is granted, is called for, and is told of. */
  readonly granted: "machine" | "other";
  readonly called: "machine" | "other";
  readonly told: "machine" | "other";
}

const SOUND: Changes = {
  actions: ACTIONS,
  days: 30,
  principal: "secretsmanager.amazonaws.com",
  granted: "machine",
  called: "machine",
  told: "machine",
};

/** A function that uses the secret of a client, and what else the program has. */
function machine(changes?: Partial<Changes>): void {
  const opts = served();
  const pool = new aws.cognito.UserPool("pool", {}, opts);
  const client = new aws.cognito.UserPoolClient("client", { userPoolId: pool.id, generateSecret: true }, opts);
  const secrets = {
    machine: new aws.secretsmanager.Secret("machine", {}, opts),
    other: new aws.secretsmanager.Secret("other", {}, opts),
  };
  lambda("tokens", { CLIENT_ID: client.id, CLIENT_SECRET_ARN: secrets.machine.arn }, opts);
  if (changes !== undefined) rotation({ ...SOUND, ...changes }, secrets, opts);
}

function rotation(
  { actions, days, principal, granted, called, told }: Changes,
  secrets: Readonly<Record<"machine" | "other", aws.secretsmanager.Secret>>,
  opts: pulumi.CustomResourceOptions,
): void {
  const rotates = lambda("rotation", { CLIENTS: pulumi.jsonStringify([secrets[told].arn]) }, opts);
  const policy = policyOf({ Effect: "Allow", Action: actions, Resource: secrets[granted].arn });
  new aws.iam.RolePolicy("rotation", { role: rotates.role.name, policy }, opts);
  const sourceArn = secrets[called].arn;
  new aws.lambda.Permission(
    "rotation",
    { function: rotates.function.name, action: "lambda:InvokeFunction", principal, sourceArn },
    opts,
  );
  const rotationRules = { automaticallyAfterDays: days };
  new aws.secretsmanager.SecretRotation(
    "rotation",
    { secretId: secrets.machine.id, rotationLambdaArn: rotates.function.arn, rotationRules },
    opts,
  );
}

function lambda(
  name: string,
  variables: Record<string, pulumi.Input<string>>,
  opts: pulumi.CustomResourceOptions,
): { readonly role: aws.iam.Role; readonly function: aws.lambda.Function } {
  const role = roleFor(name, opts);
  const args = { role: role.arn, environment: { variables }, runtime: "nodejs24.x", handler: "index.handler" };
  const code = new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset("export {}") });
  return { role, function: new aws.lambda.Function(name, { ...args, code }, opts) };
}

const TIMELY = '"machine" must be rotated at least every 90 days.';
const ADMITTED = '"machine" must be rotated by a function that Secrets Manager may call for it.';
const may = (action: string) => `"machine" must be rotated by a function that may ${action} on it.`;
const NOTHING = ACTIONS.map(may) as [string, ...string[]];

testRule(clientSecretsAreRotated, {
  accepts: {
    "a rotation that can do its four steps": () => machine({}),
    "a rotation every day": () => machine({ days: 1 }),
  },
  rejects: {
    "a secret that is never changed": [() => machine(), TIMELY, ADMITTED, ...NOTHING],
    "a rotation once a year": [() => machine({ days: 365 }), TIMELY],
    "a function that Secrets Manager may not call": [() => machine({ principal: "events.amazonaws.com" }), ADMITTED],
    "a function that it may call for another secret": [() => machine({ called: "other" }), ADMITTED],
    "a function that cannot move the label": [
      () => machine({ actions: ACTIONS.slice(0, 3) }),
      may("secretsmanager:UpdateSecretVersionStage"),
    ],
    "a grant on another secret": [() => machine({ granted: "other" }), ...NOTHING],
    "a function that is not told of the secret": [() => machine({ told: "other" }), ADMITTED, ...NOTHING],
  },
  ignores: {
    "a secret of another kind": () => {
      const opts = served();
      const secret = new aws.secretsmanager.Secret("keys", {}, opts);
      lambda("reader", { KEYS: secret.arn }, opts);
    },
  },
});
