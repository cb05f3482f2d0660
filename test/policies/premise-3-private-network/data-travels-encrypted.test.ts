import { dataTravelsEncrypted } from "../../../policies/premise-3-private-network/data-travels-encrypted.ts";
import { testRule } from "../../support/rule-tester.ts";
import { bucketOf, bucketPolicyOf, databaseOf, PARAMETERS } from "../data-programs.ts";
import type { Plan } from "../../../plan/model.ts";
import { planOf, policyOfText, served, urnOf } from "../programs.ts";

const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";

const BY_HTTP = { Bool: { "aws:SecureTransport": "false" } };
const NAME = "files-of-xyz";
const [ITSELF, OBJECTS] = [`arn:aws:s3:::${NAME}`, `arn:aws:s3:::${NAME}/*`];
const REFUSAL = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [ITSELF, OBJECTS], Condition: BY_HTTP };

function bucket(...statements: readonly unknown[]): void {
  const opts = served();
  const it = bucketOf(opts, { bucket: NAME });
  if (statements.length > 0) bucketPolicyOf(it, opts, ...statements);
}

/** A bucket with a policy for each statement. */
function withPolicies(...statements: readonly unknown[]): Plan {
  const type = "aws:s3/bucketPolicy:BucketPolicy";
  const link = { propertyDependencies: { bucket: [urnOf("aws:s3/bucket:Bucket", "bucket")] } };
  const policies = statements.map((it, i) => ({
    ...{ type, name: `${i}`, ...link },
    inputs: { bucket: NAME, policy: policyOfText(it) },
  }));
  return planOf({ type: "aws:s3/bucket:Bucket", name: "bucket", inputs: { bucket: NAME } }, ...policies);
}

const DATABASE = '"database" must refuse connections without TLS.';
const BUCKET = '"bucket" must refuse requests without TLS.';

const GROUP = "aws:rds/parameterGroup:ParameterGroup";

/** An instance of an engine, with a group of parameters. */
function instance(engine: string, parameters: Record<string, string>, parameterGroupName = "own"): Plan {
  const list = Object.entries(parameters).map(([name, value]) => ({ name, value }));
  return planOf(
    { type: GROUP, name: "own", inputs: { parameters: list }, outputs: { name: "own" } },
    {
      type: "aws:rds/instance:Instance",
      name: "database",
      inputs: { engine, parameterGroupName },
      propertyDependencies: { parameterGroupName: [urnOf(GROUP, "own")] },
    },
  );
}

testRule(dataTravelsEncrypted, {
  accepts: {
    "a database that demands TLS": () => databaseOf(served()),
    "a bucket that refuses plain HTTP": () => bucket(REFUSAL),
    "a bucket that refuses plain HTTP by two statements": () =>
      bucket({ ...REFUSAL, Resource: ITSELF }, { ...REFUSAL, Principal: { AWS: "*" }, Resource: OBJECTS }),
    "a bucket that refuses plain HTTP for all that is named so": () =>
      bucket({ ...REFUSAL, Resource: "arn:aws:s3:::files-of-xyz*" }),
    "an instance that demands TLS": instance("postgres", { "rds.force_ssl": "1" }),
    "MySQL that demands TLS": instance("mysql", { require_secure_transport: "ON" }),
    "Aurora MySQL that demands TLS": () =>
      databaseOf(served(), { args: { engine: "aurora-mysql" }, parameters: { require_secure_transport: "1" } }),
    "a cache that speaks TLS": planOf({ type: CACHE, name: "cache", inputs: { transitEncryptionEnabled: true } }),
  },
  rejects: {
    "a database that takes TLS or not": [
      () => databaseOf(served(), { parameters: { ...PARAMETERS, "rds.force_ssl": "0" } }),
      DATABASE,
    ],
    "a database whose parameters say nothing of TLS": [() => databaseOf(served(), { parameters: {} }), DATABASE],
    "a database with the parameters that AWS gives": [
      () => databaseOf(served(), { args: { dbClusterParameterGroupName: undefined } }),
      DATABASE,
    ],
    "an instance that takes TLS or not": [instance("postgres", { "rds.force_ssl": "0" }), DATABASE],
    "an instance with the parameters that AWS gives": [
      instance("postgres", { "rds.force_ssl": "1" }, "default.postgres17"),
      DATABASE,
    ],
    "MySQL under PostgreSQL's parameter": [instance("mysql", { "rds.force_ssl": "1" }), DATABASE],
    "a cache that does not speak TLS": [
      planOf({ type: CACHE, name: "cache", inputs: {} }),
      '"cache" must refuse connections without TLS.',
    ],
    "a search domain that takes plain HTTP": [
      planOf({ type: "aws:opensearch/domain:Domain", name: "search", inputs: {} }),
      '"search" must refuse connections without TLS.',
    ],
    "a bucket without a policy": [() => bucket(), BUCKET],
    "a bucket that refuses plain HTTP to some calls": [() => bucket({ ...REFUSAL, Action: "s3:GetObject" }), BUCKET],
    "a bucket that refuses plain HTTP from one address only": [
      () => bucket({ ...REFUSAL, Condition: { ...BY_HTTP, IpAddress: { "aws:SourceIp": "192.0.2.1/32" } } }),
      BUCKET,
    ],
    "a bucket that refuses plain HTTP to one role only": [
      () => bucket({ ...REFUSAL, Principal: { AWS: "arn:aws:iam::111122223333:role/one" } }),
      BUCKET,
    ],
    "a bucket that refuses plain HTTP to all but one role": [
      () => bucket({ ...REFUSAL, Principal: undefined, NotPrincipal: { AWS: "arn:aws:iam::111122223333:role/one" } }),
      BUCKET,
    ],
    "a bucket that refuses plain HTTP for its objects only": [() => bucket({ ...REFUSAL, Resource: OBJECTS }), BUCKET],
    "a bucket that refuses plain HTTP for itself only": [() => bucket({ ...REFUSAL, Resource: ITSELF }), BUCKET],
    "a bucket that refuses plain HTTP below a prefix only": [
      () => bucket({ ...REFUSAL, Resource: [ITSELF, `${ITSELF}/public/*`] }),
      BUCKET,
    ],
    "a bucket that refuses plain HTTP for another bucket": [
      () => bucket({ ...REFUSAL, Resource: ["arn:aws:s3:::other", "arn:aws:s3:::other/*"] }),
      BUCKET,
    ],
    "a bucket of which one of two policies takes plain HTTP": [
      withPolicies(REFUSAL, { ...REFUSAL, Action: "s3:PutObject" }),
      BUCKET,
    ],
    "a bucket that refuses TLS": [
      () => bucket({ ...REFUSAL, Condition: { Bool: { "aws:SecureTransport": "true" } } }),
      BUCKET,
    ],
  },
});
