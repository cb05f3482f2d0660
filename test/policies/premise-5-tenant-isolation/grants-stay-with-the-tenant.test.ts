import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { grantsStayWithTheTenant } from "../../../policies/premise-5-tenant-isolation/grants-stay-with-the-tenant.ts";
import { testRule } from "../../support/rule-tester.ts";
import { bucketOf, databaseOf, keyOf } from "../data-programs.ts";
import { ACCOUNT, gatewayOf, planOf, policyOf, policyOfText, REGION, roleFor, runtimeOf, served } from "../programs.ts";

type Opts = pulumi.CustomResourceOptions;

const USER = `arn:aws:rds-db:${REGION}:${ACCOUNT}:dbuser:`;
const FOREIGN_TABLE = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/of-acme-corp`;

function grant(opts: Opts, ...statements: readonly Readonly<Record<string, unknown>>[]): void {
  const policy = policyOf(...statements.map((it) => ({ Effect: "Allow", ...it })));
  new aws.iam.RolePolicy("uses", { role: roleFor("worker", opts).name, policy }, opts);
}

function onTable(resources: (own: pulumi.Output<string>) => unknown): () => void {
  return () => {
    const opts = served();
    const { arn } = new aws.dynamodb.Table("table", { hashKey: "key" }, opts);
    grant(opts, { Action: "dynamodb:GetItem", Resource: resources(arn) });
  };
}

/** A grant on what AWS Backup names by random ids, of a role that a service becomes. */
function onBackups({
  service = "backup.amazonaws.com",
  action = "backup:CopyFromBackupVault",
  account = ACCOUNT,
  resources = [
    `arn:aws:backup:${REGION}:${account}:recovery-point:*`,
    `arn:aws:rds:${REGION}:${account}:cluster-snapshot:awsbackup:*`,
  ],
}: {
  readonly resources?: readonly string[];
  readonly service?: string;
  readonly action?: string;
  readonly account?: string;
}): () => void {
  return () => {
    const opts = served();
    const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } };
    const role = roleFor("copier", opts, { assumeRolePolicy: policyOf(trust) });
    const policy = policyOf({ Effect: "Allow", Action: action, Resource: resources });
    new aws.iam.RolePolicy("uses", { role: role.name, policy }, opts);
  };
}

/** A grant on the copies of a test of a restore. */
const onCopies = (service: string, action: string, table = "awsbackup-restore-test-*"): (() => void) =>
  onBackups({ service, action, resources: [`arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${table}`] });

const PLACE = `${REGION}:${ACCOUNT}`;

const MESSAGE = '"uses" must grant access to resources of its own tenant only.';

testRule(grantsStayWithTheTenant, {
  accepts: {
    "a table of the stack": onTable((own) => own),
    "what AWS Backup copies": onBackups({}),
    "a bucket of the stack and what is in it": () => {
      const opts = served();
      const { arn } = bucketOf(opts);
      grant(opts, { Action: ["s3:ListBucket", "s3:GetObject"], Resource: [arn, pulumi.interpolate`${arn}/files/*`] });
    },
    "a key, a secret, a queue and a function of the stack": () => {
      const opts = served();
      const { arn } = keyOf(opts);
      grant(opts, { Action: "kms:Decrypt", Resource: arn });
      const secret = new aws.secretsmanager.Secret("secret", { name: "xyz-gmbh/api" }, opts);
      const policy = policyOf(
        { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secret.arn },
        {
          Effect: "Allow",
          Action: "secretsmanager:GetSecretValue",
          Resource: `arn:aws:secretsmanager:${PLACE}:secret:xyz-gmbh/api-??????`,
        },
      );
      new aws.iam.RolePolicy("more", { role: roleFor("other", opts).name, policy }, opts);
    },
    "a runtime of the stack by its name, and its logs": () => {
      const opts = served();
      runtimeOf("database", opts);
      grant(
        opts,
        {
          Action: "bedrock-agentcore:GetAgentRuntime",
          Resource: `arn:aws:bedrock-agentcore:${PLACE}:runtime/database-*`,
        },
        {
          Action: "logs:PutLogEvents",
          Resource: `arn:aws:logs:${PLACE}:log-group:/aws/bedrock-agentcore/runtimes/database-*`,
        },
      );
    },
    "a gateway of the stack by its name": () => {
      const opts = served();
      gatewayOf("xyz-gmbh-b2b", opts);
      const Resource = `arn:aws:bedrock-agentcore:${PLACE}:gateway/xyz-gmbh-b2b-??????????`;
      grant(opts, { Action: "bedrock-agentcore:GetGateway", Resource });
    },
    "a log group of the stack": () => {
      const opts = served();
      const { arn } = new aws.cloudwatch.LogGroup("logs", { name: "/alicerce/xyz-gmbh/agent" }, opts);
      grant(opts, { Action: "logs:PutLogEvents", Resource: pulumi.interpolate`${arn}:*` });
    },
    "images of the region, and models": () =>
      grant(
        served(),
        { Action: ["ecr:BatchGetImage"], Resource: `arn:aws:ecr:${PLACE}:repository/alicerce/mcp-database` },
        {
          Action: "bedrock:InvokeModel",
          Resource: `arn:aws:bedrock:${REGION}::foundation-model/amazon.nova-lite-v1:0`,
        },
        {
          Action: "bedrock:InvokeModel",
          Resource: `arn:aws:bedrock:${PLACE}:inference-profile/eu.amazon.nova-lite-v1:0`,
        },
      ),
    "a user of the stack's database": () => {
      const opts = served();
      const { clusterResourceId } = databaseOf(opts);
      grant(opts, { Action: "rds-db:connect", Resource: pulumi.interpolate`${USER}${clusterResourceId}/server` });
    },
    "copies of a test of a restore, to AWS Backup": onCopies("backup.amazonaws.com", "dynamodb:PutItem"),
    "what belongs to nobody": () => grant(served(), { Action: "xray:PutTraceSegments", Resource: "*" }),
  },
  rejects: {
    "copies of a test of a restore, to a function": [onCopies("lambda.amazonaws.com", "dynamodb:GetItem"), MESSAGE],
    "copies of a test of a restore, to be deleted": [onCopies("backup.amazonaws.com", "dynamodb:DeleteTable"), MESSAGE],
    "every table, to a restore": [onCopies("backup.amazonaws.com", "dynamodb:PutItem", "*"), MESSAGE],
    "backups, to a function": [onBackups({ service: "lambda.amazonaws.com" }), MESSAGE],
    "backups, to be deleted": [onBackups({ action: "backup:DeleteRecoveryPoint" }), MESSAGE],
    "snapshots, to be shared": [onBackups({ action: "rds:ModifyDBClusterSnapshotAttribute" }), MESSAGE],
    "backups of another account": [onBackups({ account: "999900001111" }), MESSAGE],
    "everything of a service that knows resources": [
      () => grant(served(), { Action: "secretsmanager:GetSecretValue", Resource: "*" }),
      MESSAGE,
    ],
    "everything but one": [
      () => grant(served(), { Action: "s3:GetObject", NotResource: "arn:aws:s3:::of-acme-corp/*" }),
      MESSAGE,
    ],
    "another tenant's table in the role's own policy": [
      () => {
        const policy = policyOf({ Effect: "Allow", Action: "dynamodb:GetItem", Resource: FOREIGN_TABLE });
        roleFor("uses", served(), { inlinePolicies: [{ name: "it", policy }] });
      },
      MESSAGE,
    ],
    "another tenant's table to a user": [
      planOf({
        type: "aws:iam/userPolicy:UserPolicy",
        name: "uses",
        outputs: {},
        inputs: {
          user: "someone",
          policy: policyOfText({ Effect: "Allow", Action: "dynamodb:GetItem", Resource: FOREIGN_TABLE }),
        },
      }),
      MESSAGE,
    ],
    "two tables, while two of its own are only mentioned": [
      () => {
        const opts = served();
        const own = ["one", "two"].map((it) => new aws.dynamodb.Table(it, { hashKey: "key" }, opts).arn);
        const Resource = pulumi.all(own).apply(() => [FOREIGN_TABLE]);
        grant(opts, { Action: "dynamodb:GetItem", Resource });
      },
      MESSAGE,
    ],
    "a bucket whose name begins with its own": [
      () => {
        const opts = served();
        const { arn } = bucketOf(opts);
        grant(opts, { Action: "s3:GetObject", Resource: pulumi.interpolate`${arn}*/*` });
      },
      MESSAGE,
    ],
    "another tenant's table": [() => grant(served(), { Action: "dynamodb:GetItem", Resource: FOREIGN_TABLE }), MESSAGE],
    "another tenant's table beside its own": [onTable((own) => [own, FOREIGN_TABLE]), MESSAGE],
    "every table": [onTable((own) => [own, `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/*`]), MESSAGE],
    "a table of that name in another region": [
      onTable((own) => own.apply((it) => it.replace(REGION, "eu-central-1"))),
      MESSAGE,
    ],
    "a table of that name in another account": [
      onTable((own) => own.apply((it) => it.replace(ACCOUNT, "999988887777"))),
      MESSAGE,
    ],
    "another tenant's bucket": [
      () => grant(served(), { Action: "s3:GetObject", Resource: "arn:aws:s3:::of-acme-corp/*" }),
      MESSAGE,
    ],
    "another tenant's database": [
      () => grant(served(), { Action: "rds-db:connect", Resource: `${USER}cluster-OTHER/server` }),
      MESSAGE,
    ],
    "every database": [() => grant(served(), { Action: "rds-db:connect", Resource: `${USER}*/server` }), MESSAGE],
    ...Object.fromEntries(
      (
        [
          ["secret", "secretsmanager:GetSecretValue", `arn:aws:secretsmanager:${PLACE}:secret:acme/api-abcdef`],
          ["key", "kms:Decrypt", `arn:aws:kms:${PLACE}:key/00000000-0000-0000-0000-000000000000`],
          ["role", "sts:AssumeRole", `arn:aws:iam::${ACCOUNT}:role/alicerce/acme-corp-agent`],
          ["role to hand over", "iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/alicerce/acme-corp-agent`],
          ["runtime", "bedrock-agentcore:InvokeAgentRuntime", `arn:aws:bedrock-agentcore:${PLACE}:runtime/acme_corp-*`],
          ["memory", "bedrock-agentcore:RetrieveMemoryRecords", `arn:aws:bedrock-agentcore:${PLACE}:memory/acme-1`],
          ["queue", "sqs:ReceiveMessage", `arn:aws:sqs:${PLACE}:acme-jobs`],
          ["logs", "logs:FilterLogEvents", `arn:aws:logs:${PLACE}:log-group:/alicerce/acme-corp/agent:*`],
          [
            "logs of runtimes",
            "logs:GetLogEvents",
            `arn:aws:logs:${PLACE}:log-group:/aws/bedrock-agentcore/runtimes/acme_corp_a-*`,
          ],
          ["function", "lambda:InvokeFunction", `arn:aws:lambda:${PLACE}:function:of-acme-corp`],
          ["stream in another account", "kinesis:GetRecords", `arn:aws:kinesis:${REGION}:999988887777:stream/any`],
          ["image to write", "ecr:PutImage", `arn:aws:ecr:${PLACE}:repository/alicerce/mcp-database`],
          ["parameters", "ssm:GetParameter", `arn:aws:ssm:${PLACE}:parameter/acme/*`],
        ] as const
      ).map(([what, Action, Resource]) => [
        `another tenant's ${what}`,
        [(): void => grant(served(), { Action, Resource }), MESSAGE] as const,
      ]),
    ),
  },
});
