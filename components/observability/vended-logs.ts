import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** What AgentCore can deliver of a resource: its log lines, which may hold what was asked and answered, and its spans. */
export type LogType = "APPLICATION_LOGS" | "TRACES";

/** Whose logs they are, and under which key. */
export interface VendedLogsArgs {
  readonly tenant: string;
  readonly kmsKeyArn: pulumi.Input<string>;
  /** What is delivered of each resource. */
  readonly logTypes: readonly LogType[];
}

/** Where a tenant's gateways and runtimes write: a log group under its own key, and X-Ray (premise 7). */
export class VendedLogs extends pulumi.ComponentResource {
  readonly groupName: string;
  private readonly tenant: string;
  private readonly logTypes: readonly LogType[];
  private readonly destinations: Readonly<Record<LogType, aws.cloudwatch.LogDeliveryDestination>>;

  constructor(name: string, { tenant, kmsKeyArn, logTypes }: VendedLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:observability:VendedLogs", name, {}, opts);
    this.tenant = tenant;
    this.logTypes = logTypes;
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
  deliver(name: string, resourceArn: pulumi.Input<string>, opts: pulumi.CustomResourceOptions): void {
    for (const logType of this.logTypes) {
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
