import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { CLOUDWATCH_AGENT, namespaceLogGroup, nodeLogGroups } from "../../contracts/records/container-logs.ts";
import { LOG_RETENTION_DAYS } from "../../environments/observability/log-retention.ts";
import type { Statement } from "../identity/policy-document.ts";
import { grant, serviceRole, trustPods } from "../identity/service-role.ts";
import type { Place } from "../place.ts";
import { applicationLogs } from "./fluent-bit.ts";

/** Whose containers are watched, and under which key that is kept. */
export interface ContainerTelemetryArgs {
  readonly place: Place;
  readonly cluster: { readonly name: string; readonly arn: string };
  readonly kmsKeyArn: pulumi.Input<string>;
  /** Namespaces of the region itself; each tenant has the group of its own. */
  readonly namespaces: readonly string[];
}

/** Metrics, logs and spans of all containers of a cluster: the CloudWatch agent and Fluent Bit on each node (premise 7). */
export class ContainerTelemetry extends pulumi.ComponentResource {
  private readonly groups: readonly (readonly [name: string, group: aws.cloudwatch.LogGroup])[];

  constructor(name: string, args: ContainerTelemetryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:observability:ContainerTelemetry", name, {}, opts);
    const { place, cluster, kmsKeyArn, namespaces } = args;
    const parent = { parent: this };

    const own = namespaces.map((it) => namespaceLogGroup(cluster.name, it));
    this.groups = [...nodeLogGroups(cluster.name), ...own].map((group) => {
      const last = group.split("/").at(-1) ?? "";
      return [last, logGroup(`${name}-${last}`, group, kmsKeyArn, parent)];
    });
    const { namespace, serviceAccount } = CLOUDWATCH_AGENT;
    const trust = trustPods(place, { clusterArn: cluster.arn, namespace, serviceAccount });
    const role = serviceRole(name, { place, description: `What containers of ${cluster.name} report`, trust }, parent);
    const granted = grant(name, role, reports(args), parent);
    const association = new aws.eks.PodIdentityAssociation(
      name,
      { clusterName: cluster.name, namespace, serviceAccount, roleArn: role.arn },
      parent,
    );
    new aws.eks.Addon(
      name,
      {
        clusterName: cluster.name,
        addonName: CLOUDWATCH_AGENT.addOn,
        configurationValues: JSON.stringify(configuration(cluster.name)),
      },
      { parent: this, dependsOn: [...this.groups.map(([, it]) => it), granted, association] },
    );

    this.registerOutputs({});
  }

  /** Name of the log group of the pods of a namespace of the region; throws `TypeError` for another one. */
  logGroupOf(namespace: string): pulumi.Output<string> {
    const group = this.groups.find(([name]) => name === namespace)?.[1];
    if (group === undefined) throw new TypeError(`no log of the region is of the namespace "${namespace}"`);
    return group.name;
  }
}

/** The group of the pods of one namespace; whoever has the namespace declares it, under its own key. */
export function logGroup(
  name: string,
  groupName: pulumi.Input<string>,
  kmsKeyId: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.LogGroup {
  return new aws.cloudwatch.LogGroup(name, { name: groupName, kmsKeyId, retentionInDays: LOG_RETENTION_DAYS }, opts);
}

/** What the add-on is told beside its defaults: nothing is put into pods that did not ask for it, and logs go by namespace. */
function configuration(cluster: string): object {
  return {
    containerLogs: { fluentBit: { config: { extraFiles: { "application-log.conf": applicationLogs(cluster) } } } },
    manager: { applicationSignals: { autoMonitor: { monitorAllServices: false } } },
  };
}

/** It writes; it makes no group, and reads none. */
function reports({ place: { account, region }, cluster }: ContainerTelemetryArgs): readonly Statement[] {
  return [
    {
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: `arn:aws:logs:${region}:${account}:log-group:/aws/containerinsights/${cluster.name}/*`,
    },
    {
      Effect: "Allow",
      Action: ["xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:PutTelemetryRecords", "xray:PutTraceSegments"],
      Resource: "*",
    },
  ];
}
