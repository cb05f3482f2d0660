import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { STORE_EXPIRY, STORE_KEY } from "../../contracts/bff/stores.ts";
import type { DataKey } from "../encryption/data-key.ts";
import { grant } from "../identity/service-role.ts";
import type { Place } from "../place.ts";
import { keyUse } from "./key-use.ts";
import { COPIED_ELSEWHERE, STREAMED, tableCopy } from "./table-copy.ts";

/** Where a table is, under which key, and whether a key of it has several items. */
export interface KeyedTableArgs {
  readonly place: Place;
  readonly key: DataKey;
  readonly hasParts: boolean;
}

/** A table whose items are found by a key, and go when they have expired; nothing in it is lost by one mistake (premise 5). */
export class KeyedTable extends pulumi.ComponentResource {
  readonly tableName: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  private readonly table: aws.dynamodb.Table;
  private readonly args: KeyedTableArgs;

  constructor(name: string, args: KeyedTableArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:data:KeyedTable", name, {}, opts);
    this.args = args;
    const { hash, range } = STORE_KEY;
    const names = args.hasParts ? [hash, range] : [hash];
    this.table = new aws.dynamodb.Table(
      name,
      {
        billingMode: "PAY_PER_REQUEST",
        hashKey: hash,
        ...(args.hasParts && { rangeKey: range }),
        attributes: names.map((it) => ({ name: it, type: "S" })),
        ttl: { attributeName: STORE_EXPIRY, enabled: true },
        serverSideEncryption: { enabled: true, kmsKeyArn: args.key.arn },
        pointInTimeRecovery: { enabled: true },
        deletionProtectionEnabled: true,
        ...(args.key.standby && STREAMED),
      },
      { parent: this, protect: true, ...COPIED_ELSEWHERE },
    );
    tableCopy(name, this.table, args.key, { parent: this });

    this.tableName = this.table.name;
    this.arn = this.table.arn;
    this.registerOutputs({ tableName: this.tableName });
  }

  /** Lets `role` make these calls, named as in IAM, on the table's items. */
  grantCalls(name: string, role: aws.iam.Role, calls: readonly string[]): aws.iam.RolePolicy {
    const { key, place } = this.args;
    const statement = { Effect: "Allow", Action: calls, Resource: this.table.arn } as const;
    return grant(name, role, [statement, keyUse(key, place, "dynamodb", ["kms:Decrypt"])], { parent: this });
  }
}
