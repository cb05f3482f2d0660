import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { DataKey } from "../encryption/data-key.ts";

/** Inputs of a table of which there is a copy in another region: Amazon DynamoDB reads what changed from its stream. */
export const STREAMED = { streamEnabled: true, streamViewType: "NEW_AND_OLD_IMAGES" } as const;

/** Options of a table whose copies are resources of their own. */
export const COPIED_ELSEWHERE = { ignoreChanges: ["replicas"] };

/**
 * The copy of a table in the standby of its key (DynamoDB developer guide, "Global tables"); `undefined` where the key has none. Changes
 * are there within seconds, and nothing is written to it while its region waits.
 */
export function tableCopy(
  name: string,
  { arn }: aws.dynamodb.Table,
  { standby }: DataKey,
  opts: pulumi.CustomResourceOptions,
): aws.dynamodb.TableReplica | undefined {
  if (standby === undefined) return undefined;
  return new aws.dynamodb.TableReplica(
    `${name}-standby`,
    {
      globalTableArn: arn,
      region: standby.region,
      kmsKeyArn: standby.arn,
      pointInTimeRecovery: true,
      deletionProtectionEnabled: true,
    },
    { ...opts, protect: true },
  );
}
