import * as aws from "@pulumi/aws";
import type { Plan } from "../../../plan/model.ts";
import { resourcePoliciesAdmitNoStrangers } from "../../../policies/premise-5-tenant-isolation/resource-policies-admit-no-strangers.ts";
import { testRule } from "../../support/rule-tester.ts";
import { ACCOUNT, planOf, policyOf, policyOfText, REGION, roleFor, served } from "../programs.ts";

type Fields = Readonly<Record<string, unknown>>;

const ROOT = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
const STRANGER = { AWS: "arn:aws:iam::999988887777:root" };
const LOGS = { Service: `logs.${REGION}.amazonaws.com` };
const CONTEXT = "kms:EncryptionContext:aws:logs:arn";

const allow = (Principal: unknown, Condition?: Fields): Fields => ({
  Effect: "Allow",
  Principal,
  Action: "kms:Decrypt",
  Resource: "*",
  ...(Condition !== undefined && { Condition }),
});

/** A key with the statements in its policy. */
const key = (...statements: readonly Fields[]): Plan => ofType("aws:kms/key:Key", ...statements);

function ofType(type: string, ...statements: readonly Fields[]): Plan {
  const input = type.includes("LogResourcePolicy") ? "policyDocument" : "policy";
  return planOf({ type, name: "it", inputs: { [input]: policyOfText(...statements) }, outputs: {} });
}

const permission = (inputs: Fields): Plan =>
  planOf({
    type: "aws:lambda/permission:Permission",
    name: "it",
    inputs: { action: "lambda:InvokeFunction", function: "handler", ...inputs },
    outputs: {},
  });

const MESSAGE = '"it" must admit nobody but its own account and tenant.';

testRule(resourcePoliciesAdmitNoStrangers, {
  accepts: {
    "the account, which leaves it to IAM": key(allow(ROOT), allow({ AWS: ACCOUNT })),
    "log groups of the account": key(
      allow(LOGS, { ArnLike: { [CONTEXT]: `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:*` } }),
    ),
    "alarms of the account": key(
      allow({ Service: "cloudwatch.amazonaws.com" }, { StringEquals: { "aws:SourceAccount": ACCOUNT } }),
    ),
    "a distribution of the account": ofType(
      "aws:s3/bucketPolicy:BucketPolicy",
      allow(
        { Service: "cloudfront.amazonaws.com" },
        { StringEquals: { "AWS:SourceArn": `arn:aws:cloudfront::${ACCOUNT}:distribution/E1` } },
      ),
    ),
    "everybody of the account": key(allow("*", { StringEquals: { "kms:CallerAccount": ACCOUNT } })),
    "a refusal of everybody beside it": key(allow(ROOT), { ...allow("*"), Effect: "Deny" }),
    "a role of the stack": () => {
      const opts = served();
      const role = roleFor("worker", opts);
      new aws.kms.Key("it", { policy: policyOf({ ...allow(undefined), Principal: { AWS: role.arn } }) }, opts);
    },
    "a user pool of the account that calls a function": permission({
      principal: "cognito-idp.amazonaws.com",
      sourceArn: `arn:aws:cognito-idp:${REGION}:${ACCOUNT}:userpool/one`,
    }),
  },
  rejects: {
    "another account, after the own": [key(allow(ROOT), allow(STRANGER)), MESSAGE],
    "another account in the same statement": [key(allow({ AWS: [ROOT.AWS, STRANGER.AWS] })), MESSAGE],
    "another account by its id": [key(allow({ AWS: "999988887777" })), MESSAGE],
    "another tenant's role": [key(allow({ AWS: `arn:aws:iam::${ACCOUNT}:role/alicerce/acme-corp-agent` })), MESSAGE],
    everybody: [key(allow("*")), MESSAGE],
    "everybody by another spelling": [key(allow({ AWS: "*" })), MESSAGE],
    "everybody over TLS": [key(allow("*", { Bool: { "aws:SecureTransport": "true" } })), MESSAGE],
    "everybody whose account is this, if it is said": [
      key(allow("*", { StringEqualsIfExists: { "kms:CallerAccount": ACCOUNT } })),
      MESSAGE,
    ],
    "everybody but one account": [
      key(allow("*", { StringNotEquals: { "kms:CallerAccount": "999988887777" } })),
      MESSAGE,
    ],
    "everybody of two accounts": [
      key(allow("*", { StringEquals: { "kms:CallerAccount": [ACCOUNT, "999988887777"] } })),
      MESSAGE,
    ],
    "all but one": [key({ ...allow(undefined), NotPrincipal: ROOT }), MESSAGE],
    "a service for whoever asks it": [key(allow(LOGS)), MESSAGE],
    "a service for another account": [
      key(allow(LOGS, { ArnLike: { [CONTEXT]: `arn:aws:logs:${REGION}:999988887777:log-group:*` } })),
      MESSAGE,
    ],
    "a service for any account": [
      key(allow(LOGS, { ArnLike: { [CONTEXT]: `arn:aws:logs:${REGION}:*:log-group:*` } })),
      MESSAGE,
    ],
    "a grant of a key to another account": [
      planOf({
        type: "aws:kms/grant:Grant",
        name: "it",
        inputs: { keyId: "one", granteePrincipal: "arn:aws:iam::999988887777:role/eve", operations: ["Decrypt"] },
        outputs: {},
      }),
      MESSAGE,
    ],
    "a service that calls a function for whoever asks it": [
      permission({ principal: "cognito-idp.amazonaws.com" }),
      MESSAGE,
    ],
    "another account that calls a function": [permission({ principal: "999988887777" }), MESSAGE],
    "everybody who calls a function by its URL": [permission({ principal: "*", functionUrlAuthType: "NONE" }), MESSAGE],
    ...Object.fromEntries(
      [
        "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy",
        "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
        "aws:dynamodb/resourcePolicy:ResourcePolicy",
        "aws:ecr/repositoryPolicy:RepositoryPolicy",
        "aws:kms/keyPolicy:KeyPolicy",
        "aws:kms/replicaKey:ReplicaKey",
        "aws:s3/bucketPolicy:BucketPolicy",
        "aws:secretsmanager/secretPolicy:SecretPolicy",
        "aws:sns/topicPolicy:TopicPolicy",
        "aws:sqs/queuePolicy:QueuePolicy",
      ].map((type) => [`another account in ${type}`, [ofType(type, allow(STRANGER)), MESSAGE] as const]),
    ),
  },
  ignores: { "a key without a policy of its own": planOf({ type: "aws:kms/key:Key", name: "it" }) },
});

/** The same key in the region's stack. */
const regional = (statement: Fields): Plan => ({ ...key(statement), stack: "production.eu-west-1" });

testRule(resourcePoliciesAdmitNoStrangers, {
  accepts: {
    "a role of the account, where no tenant's resources are": regional(
      allow({ AWS: `arn:aws:iam::${ACCOUNT}:role/alicerce/any` }),
    ),
  },
  rejects: { "another account in the region's stack": [regional(allow(STRANGER)), MESSAGE] },
});
