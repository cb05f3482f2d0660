import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DirectoryEntry } from "../../contracts/directory-entry.ts";
import type { DataKey } from "../encryption/data-key.ts";
import { grant } from "../identity/service-role.ts";
import type { Place } from "../place.ts";
import { keyUse } from "./key-use.ts";
import { COPIED_ELSEWHERE, STREAMED, tableCopy } from "./table-copy.ts";

const HASH_KEY = "key";

/** The item that holds what the directory says of the tenant. */
const DIRECTORY = "directory";

/** What the keys of all counters begin with. */
const COUNTERS = "quota:";

/** Where a table is, under which key, and what it says of the tenant. */
export interface TenantTableArgs {
  readonly place: Place;
  readonly key: DataKey;
  /** The tenant's entry in the directory. */
  readonly directory: DirectoryEntry;
}

/** What a tenant's gateways share: the tenant's entry in the directory, and the counters of its quotas (premise 5). */
export class TenantTable extends pulumi.ComponentResource {
  /** Its name, once the entry is in it. */
  readonly tableName: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  private readonly table: aws.dynamodb.Table;
  private readonly place: Place;
  private readonly key: DataKey;

  constructor(name: string, { place, key, directory }: TenantTableArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:data:TenantTable", name, {}, opts);
    this.place = place;
    this.key = key;
    this.table = new aws.dynamodb.Table(
      name,
      {
        billingMode: "PAY_PER_REQUEST",
        hashKey: HASH_KEY,
        attributes: [{ name: HASH_KEY, type: "S" }],
        ttl: { attributeName: "expire", enabled: true },
        serverSideEncryption: { enabled: true, kmsKeyArn: key.arn },
        pointInTimeRecovery: { enabled: true },
        deletionProtectionEnabled: true,
        ...(key.standby && STREAMED),
      },
      { parent: this, protect: true, ...COPIED_ELSEWHERE },
    );
    tableCopy(name, this.table, key, { parent: this });
    const item = new aws.dynamodb.TableItem(
      name,
      {
        tableName: this.table.name,
        hashKey: HASH_KEY,
        item: JSON.stringify({ [HASH_KEY]: { S: DIRECTORY }, entry: { S: JSON.stringify(directory) } }),
      },
      { parent: this },
    );

    this.tableName = item.tableName;
    this.arn = this.table.arn;
    this.registerOutputs({ tableName: this.tableName });
  }

  /** Lets `role` read the directory and count calls, and see nothing else of the table. */
  grantCount(name: string, role: aws.iam.Role): aws.iam.RolePolicy {
    const keys = (operator: string, key: string) => ({
      [`ForAllValues:${operator}`]: { "dynamodb:LeadingKeys": [key] },
    });
    const onItems = { Effect: "Allow", Resource: this.table.arn } as const;
    return grant(
      name,
      role,
      [
        { ...onItems, Action: ["dynamodb:GetItem"], Condition: keys("StringEquals", DIRECTORY) },
        {
          ...onItems,
          Action: ["dynamodb:GetItem", "dynamodb:UpdateItem"],
          Condition: keys("StringLike", `${COUNTERS}*`),
        },
        keyUse(this.key, this.place, "dynamodb", ["kms:Decrypt"]),
      ],
      { parent: role },
    );
  }
}
