import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** What AgentCore can deliver of a resource: its log lines, which may hold what was asked and answered, and its spans. */
export type LogType = "APPLICATION_LOGS" | "TRACES";

/** A resource of AgentCore, and what is wanted of it. */
export interface Delivery {
  readonly resourceArn: pulumi.Input<string>;
  readonly logTypes: readonly LogType[];
}

/** Whose logs they are, and under which key. */
export interface VendedLogsArgs {
  readonly tenant: string;
  readonly kmsKeyArn: pulumi.Input<string>;
}

/** Where a tenant's gateways and runtimes write: a log group under its own key, and X-Ray (premise 7). */
export class VendedLogs extends pulumi.ComponentResource {
  readonly groupName: string;
  private readonly tenant: string;
  private readonly destinations: Readonly<Record<LogType, aws.cloudwatch.LogDeliveryDestination>>;

  constructor(name: string, { tenant, kmsKeyArn }: VendedLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:observability:VendedLogs", name, {}, opts);
    this.tenant = tenant;
    this.groupName = `/aws/vendedlogs/bedrock-agentcore/${tenant}`;

    const group = new aws.cloudwatch.LogGroup(
      name,
      { name: this.groupName, kmsKeyId: kmsKeyArn, retentionInDays: 365 },
      { parent: this },
    );
    this.destinations = {
      APPLICATION_LOGS: new aws.cloudwatch.LogDeliveryDestination(
        `${name}-lines`,
        {
          name: `${tenant}-lines`,
          deliveryDestinationType: "CWL",
          outputFormat: "json",
          deliveryDestinationConfiguration: { destinationResourceArn: group.arn },
        },
        { parent: this },
      ),
      TRACES: new aws.cloudwatch.LogDeliveryDestination(
        `${name}-spans`,
        { name: `${tenant}-spans`, deliveryDestinationType: "XRAY" },
        { parent: this },
      ),
    };

    this.registerOutputs({});
  }

  /** Delivers what a resource of AgentCore writes; the deliveries belong to the component of that resource. */
  deliver(name: string, { resourceArn, logTypes }: Delivery, opts: pulumi.CustomResourceOptions): void {
    for (const logType of logTypes) {
      const child = `${name}-${logType === "TRACES" ? "spans" : "lines"}`;
      const source = new aws.cloudwatch.LogDeliverySource(
        child,
        { name: `${this.tenant}-${child}`, resourceArn, logType },
        opts,
      );
      const deliveryDestinationArn = this.destinations[logType].arn;
      new aws.cloudwatch.LogDelivery(child, { deliverySourceName: source.name, deliveryDestinationArn }, opts);
    }
  }
}
