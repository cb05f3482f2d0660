import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DataKey } from "../encryption/data-key.ts";
import { grant } from "../identity/service-role.ts";
import { onlyRoles } from "./only-roles.ts";

/** The name of a tenant's bus, and the key of its events. */
export interface EventBusArgs {
  readonly name: string;
  readonly key: DataKey;
}

/** In the name of whom a role says events. */
export interface Voice {
  /** The `source` of all of its events. */
  readonly source: string;
  /** Their types; all without. */
  readonly types?: readonly string[];
}

/** How long what was said can be said again, in days: as long as those who hear accept it. */
const KEPT_DAYS = 14;

/** The bus on which a tenant's agents and BFFs say what happened; nobody else puts events on it (premises 2 and 5). */
export class EventBus extends pulumi.ComponentResource {
  /** Its name, once it refuses all others. */
  readonly busName: pulumi.Output<string>;
  private readonly bus: aws.cloudwatch.EventBus;

  constructor(name: string, { name: busName, key }: EventBusArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:events:EventBus", name, {}, opts);
    const kmsKeyIdentifier = key.arn;
    this.bus = new aws.cloudwatch.EventBus(name, { name: busName, kmsKeyIdentifier }, { parent: this });
    new aws.cloudwatch.EventArchive(
      name,
      { name: busName, eventSourceArn: this.bus.arn, kmsKeyIdentifier, retentionDays: KEPT_DAYS },
      { parent: this },
    );

    this.busName = this.bus.name;
    this.registerOutputs({ busName: this.busName });
  }

  /** Refuses the events of everybody but `roles`. */
  admitOnly(name: string, roles: readonly aws.iam.Role[]): aws.cloudwatch.EventBusPolicy {
    const policy = onlyRoles(roles, ["events:PutEvents"], this.bus.arn);
    return new aws.cloudwatch.EventBusPolicy(name, { eventBusName: this.bus.name, policy }, { parent: this });
  }

  /** Lets `role`, which must also be admitted, put events on the bus, in one name alone: nobody speaks for another one. */
  grantPut(name: string, role: aws.iam.Role, { source, types }: Voice): aws.iam.RolePolicy {
    const StringEquals = { "events:source": source, ...(types && { "events:detail-type": types }) };
    const statement = {
      ...({ Effect: "Allow", Action: ["events:PutEvents"], Resource: this.bus.arn } as const),
      Condition: { StringEquals },
    };
    return grant(name, role, [statement], { parent: this });
  }
}
