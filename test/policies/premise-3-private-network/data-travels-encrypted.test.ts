import { dataTravelsEncrypted } from "../../../policies/premise-3-private-network/data-travels-encrypted.ts";
import { testRule } from "../../support/rule-tester.ts";
import { bucketOf, bucketPolicyOf, databaseOf, PARAMETERS } from "../data-programs.ts";
import { served } from "../programs.ts";

const BY_HTTP = { Bool: { "aws:SecureTransport": "false" } };
const REFUSAL = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::it/*", Condition: BY_HTTP };

function bucket(...statements: readonly unknown[]): void {
  const opts = served();
  const it = bucketOf(opts);
  if (statements.length > 0) bucketPolicyOf(it, opts, ...statements);
}

const DATABASE = '"database" must refuse connections without TLS.';
const BUCKET = '"bucket" must refuse requests without TLS.';

testRule(dataTravelsEncrypted, {
  accepts: {
    "a database that demands TLS": () => databaseOf(served()),
    "a bucket that refuses plain HTTP": () => bucket(REFUSAL),
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
    "a bucket without a policy": [() => bucket(), BUCKET],
    "a bucket that refuses plain HTTP to some calls": [() => bucket({ ...REFUSAL, Action: "s3:GetObject" }), BUCKET],
    "a bucket that refuses plain HTTP from one address only": [
      () => bucket({ ...REFUSAL, Condition: { ...BY_HTTP, IpAddress: { "aws:SourceIp": "192.0.2.1/32" } } }),
      BUCKET,
    ],
    "a bucket that refuses TLS": [
      () => bucket({ ...REFUSAL, Condition: { Bool: { "aws:SecureTransport": "true" } } }),
      BUCKET,
    ],
  },
});
