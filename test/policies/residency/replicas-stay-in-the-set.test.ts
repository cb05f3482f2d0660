import * as aws from "@pulumi/aws";
import type { PlannedResource } from "../../../plan/model.ts";
import { replicasStayInTheSet } from "../../../policies/residency/replicas-stay-in-the-set.ts";
import { testRule } from "../../support/rule-tester.ts";
import { planOf, served } from "../programs.ts";

/** A key and its copy in another region. */
function replica(region?: string): void {
  const opts = served();
  const primaryKeyArn = new aws.kms.Key("key", { multiRegion: true }, opts).arn;
  new aws.kms.ReplicaKey("copy", { primaryKeyArn, ...(region !== undefined && { region }) }, opts);
}

const secret = (...regions: string[]): unknown =>
  new aws.secretsmanager.Secret("secret", { replicas: regions.map((region) => ({ region })) }, served());

const data = (type: string, inputs: PlannedResource["inputs"]): ReturnType<typeof planOf> =>
  planOf({ type, name: "copies", inputs });

const VAULT = "arn:aws:backup:us-east-1:444455556666:backup-vault:copies";
const message = (name: string): string => `"${name}" must be copied only to regions of the residency "eu".`;

testRule(replicasStayInTheSet, {
  accepts: {
    "a key in the standby": () => replica("eu-central-1"),
    "a secret in the standby": () => secret("eu-central-1"),
  },
  rejects: {
    "a key in another residency": [() => replica("us-west-2"), message("copy")],
    "a secret in the standby and elsewhere": [() => secret("eu-central-1", "us-west-2"), message("secret")],
    "a table in another residency": [
      data("aws:dynamodb/table:Table", { replicas: [{ regionName: "us-east-1" }] }),
      message("copies"),
    ],
    "a witness in another residency": [
      data("aws:dynamodb/table:Table", { globalTableWitness: { regionName: "us-east-1" } }),
      message("copies"),
    ],
    "images in another residency": [
      data("aws:ecr/replicationConfiguration:ReplicationConfiguration", {
        replicationConfiguration: { rules: [{ destinations: [{ region: "us-east-1" }] }] },
      }),
      message("copies"),
    ],
    "a backup in another residency": [
      data("aws:backup/plan:Plan", { rules: [{ copyActions: [{ destinationVaultArn: VAULT }] }] }),
      message("copies"),
    ],
    "a backup at nobody knows where": [
      data("aws:backup/plan:Plan", { rules: [{ copyActions: [{}] }] }),
      message("copies"),
    ],
  },
});
