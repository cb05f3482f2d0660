import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { grantsStayWithTheTenant } from "../../../policies/premise-5-tenant-isolation/grants-stay-with-the-tenant.ts";
import { testRule } from "../../support/rule-tester.ts";
import { bucketOf, databaseOf } from "../data-programs.ts";
import { ACCOUNT, policyOf, REGION, roleFor, served } from "../programs.ts";

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

const MESSAGE = '"uses" must grant access to stores of its own tenant only.';

testRule(grantsStayWithTheTenant, {
  accepts: {
    "a table of the stack": onTable((own) => own),
    "a bucket of the stack and what is in it": () => {
      const opts = served();
      const { arn } = bucketOf(opts);
      grant(opts, { Action: ["s3:ListBucket", "s3:GetObject"], Resource: [arn, pulumi.interpolate`${arn}/files/*`] });
    },
    "a user of the stack's database": () => {
      const opts = served();
      const { clusterResourceId } = databaseOf(opts);
      grant(opts, { Action: "rds-db:connect", Resource: pulumi.interpolate`${USER}${clusterResourceId}/server` });
    },
    "what is no store": () => grant(served(), { Action: "xray:PutTraceSegments", Resource: "*" }),
  },
  rejects: {
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
  },
});
