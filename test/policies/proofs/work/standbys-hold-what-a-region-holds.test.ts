import { beforeAll, describe, expect, it } from "vitest";
import type { Plan } from "../../../../plan/model.ts";
import { standbysHoldWhatARegionHolds as proven } from "../../../../policies/proofs/standbys-hold-what-a-region-holds.ts";
import { plansOfAllEnvironments } from "../all-environments.ts";
import { type Edit, edited, type Inputs, statementsIn } from "../edits.ts";
import { verdictOf, waysOf, XYZ } from "../platforms.ts";

let all: ReadonlyMap<string, readonly Plan[]>;

beforeAll(() => {
  all = plansOfAllEnvironments();
});

/** What the proof says of one tenant, its region and its environment, after an edit. */
function found(edit: Edit): string {
  const plans = (all.get("production") ?? []).filter(({ stack }) => XYZ.startsWith(stack));
  return waysOf(verdictOf(proven, ...edited(plans, edit))).join("\n");
}

it("holds in every environment, and goes through all that a region keeps", () => {
  for (const plans of all.values()) expect(waysOf(verdictOf(proven, ...plans))).toEqual([]);
  const { enumerated } = verdictOf(proven, ...(all.get("production") ?? []));
  const counts = Object.fromEntries(enumerated.map((it) => [it.what, it.count]));
  const resources = (all.get("production") ?? []).filter(({ stack }) => !stack.includes("sa-east-1"));
  const databases = resources.flatMap((it) => it.resources).filter(({ type }) => type === "aws:rds/cluster:Cluster");
  expect(counts["databases with a standby"]).toBe(databases.length);
  for (const what of ["tables", "buckets", "secrets", "workloads"])
    expect(counts[`${what} with a standby`]).toBeGreaterThan(5);
});

const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const ruleOf = (inputs: Inputs): Inputs => (inputs["rules"] as Inputs[])[0] ?? {};
const without = (type: string, name: string | RegExp): Edit => ({ type, name });
const withoutAction = (action: string): Edit => ({
  type: "aws:iam/rolePolicy:RolePolicy",
  name: "bucket-copies",
  change: statementsIn("policy", (of) => of.filter((it) => !JSON.stringify(it["Action"]).includes(action))),
});

describe("what does not come to the standby is found:", () => {
  it.each<[string, Edit, string]>([
    [
      "a table without a replica",
      without("aws:dynamodb/tableReplica:TableReplica", "table-standby"),
      '"table" must have a replica in eu-central-1',
    ],
    [
      "a table whose replica is under another key",
      { type: "aws:dynamodb/tableReplica:TableReplica", name: "table-standby", change: (it) => delete it["kmsKeyArn"] },
      '"table" must have a replica in eu-central-1',
    ],
    [
      "copies whose key is not there",
      without("aws:kms/replicaKey:ReplicaKey", "key-standby"),
      '"database" must have copies of its backups in eu-central-1',
    ],
    [
      "copies whose key is off",
      { type: "aws:kms/replicaKey:ReplicaKey", name: "key-standby", change: (it) => (it["enabled"] = false) },
      '"api-orders" must be copied to eu-central-1 under the replica of its key.',
    ],
    [
      "a secret without a copy",
      { type: "aws:secretsmanager/secret:Secret", name: "api-orders", change: (it) => delete it["replicas"] },
      '"api-orders" must be copied to eu-central-1',
    ],
    [
      "a database that no plan takes",
      without("aws:backup/selection:Selection", "backups"),
      '"database" must have copies of its backups',
    ],
    [
      "Keycloak's database in no plan",
      without("aws:backup/selection:Selection", "keycloak-backups"),
      '"keycloak" must have copies of its backups',
    ],
    [
      "backups that are not copied",
      { type: "aws:backup/plan:Plan", name: "backups", change: (it) => (ruleOf(it)["copyActions"] = []) },
      '"database" must have copies of its backups',
    ],
    [
      "copies in a vault under another key",
      { type: "aws:backup/vault:Vault", name: "backups-standby", change: (it) => delete it["kmsKeyArn"] },
      '"database" must have copies of its backups',
    ],
    [
      "a bucket without copies",
      without(REPLICATION, "bucket-copies"),
      '"bucket" must be copied to a bucket in eu-central-1.',
    ],
    [
      "copies that are switched off",
      { type: REPLICATION, name: "bucket-copies", change: (it) => (ruleOf(it)["status"] = "Disabled") },
      '"bucket" must be copied to a bucket in eu-central-1.',
    ],
    [
      "a bucket whose copy keeps no versions",
      without("aws:s3/bucketVersioning:BucketVersioning", "bucket-standby"),
      '"bucket" and its copy must keep versions',
    ],
    [
      "a role that may not read the bucket",
      withoutAction("s3:GetObjectVersionForReplication"),
      "must be allowed s3:GetObjectVersion",
    ],
    ["a role that may not write the copy", withoutAction("s3:ReplicateObject"), "must be allowed s3:Replicate"],
    [
      "a role that may not read under the key",
      withoutAction("kms:Decrypt"),
      '"bucket-copies" must be allowed kms:Decrypt',
    ],
    [
      "a role that may not write under the replica",
      withoutAction("kms:Encrypt"),
      '"bucket-copies" must be allowed kms:Encrypt',
    ],
    [
      "a boundary that stops the copies",
      {
        type: "aws:iam/policy:Policy",
        name: "boundary",
        change: statementsIn("policy", (of) => of.filter((it) => !JSON.stringify(it["Action"]).includes("s3:"))),
      },
      '"bucket-copies" must be allowed s3:GetReplicationConfiguration',
    ],
    [
      "an image without a repository in the standby",
      without("aws:ecr/repository:Repository", /^agent-coordinator-eu-central-1$/),
      'The image of "agent-coordinator" must have a repository in eu-central-1.',
    ],
  ])("%s", (_, edit, sentence) => {
    expect(found(edit)).toContain(sentence);
  });
});
