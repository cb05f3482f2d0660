import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { LABEL } from "../../contracts/tags.ts";
import { type PodScale, TARGET_MEMORY_PERCENT } from "../../environments/capacity/agent-sizes.ts";
import { namePolicy } from "./name-policy.ts";
import { podSpec, type PodPort, type PodSpecArgs } from "./pod-spec.ts";

/** One service of one tenant, and how far it may scale. */
export interface PodWorkloadArgs {
  readonly tenant: string;
  /** One of `KIND`. */
  readonly kind: string;
  /** Its name in the namespace: of its Deployment, its Service and its service account. */
  readonly service: string;
  readonly port: PodPort;
  readonly version: string;
  readonly imageUri: string;
  readonly namespace: pulumi.Input<string>;
  readonly clusterName: pulumi.Input<string>;
  readonly role: aws.iam.Role;
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  /** The hosts on the internet that it calls, by HTTPS. */
  readonly hosts: readonly pulumi.Input<string>[];
  readonly scale: PodScale;
  readonly size: PodSpecArgs["size"];
}

/** A service on EKS: its own identity, spread over the zones, scaled by load, called on one port alone (premises 2 and 8). */
export class PodWorkload extends pulumi.ComponentResource {
  /** Its Service, and the port of that. */
  readonly service: { readonly name: pulumi.Output<string>; readonly port: number };

  constructor(type: string, name: string, args: PodWorkloadArgs, opts?: pulumi.ComponentResourceOptions) {
    super(type, name, {}, opts);
    const { service, namespace, clusterName, role } = args;
    const metadata = { name: service, namespace, labels: labelsOf(args) };
    const selector = { matchLabels: { [LABEL.name]: service } };
    const parent = { parent: this };

    const account = new kubernetes.core.v1.ServiceAccount(
      name,
      { metadata, automountServiceAccountToken: false },
      parent,
    );
    const serviceAccount = account.metadata.name;
    const association = new aws.eks.PodIdentityAssociation(
      name,
      { clusterName, namespace, serviceAccount, roleArn: role.arn },
      parent,
    );
    const way = namePolicy(name, { service, namespace, hosts: args.hosts }, parent);
    const deployment = new kubernetes.apps.v1.Deployment(
      name,
      {
        metadata,
        spec: {
          selector,
          // An autoscaler changes the number; where there is none, the number is the data's.
          ...(args.scale.targetCpuPercent === undefined && { replicas: args.scale.min }),
          strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
          template: { metadata: { labels: labelsOf(args) }, spec: podSpec({ ...args, serviceAccount }) },
        },
      },
      { parent: this, dependsOn: [association, way] },
    );
    this.service = { name: this.address(name, args).metadata.name, port: args.port.number };
    this.scaling(name, args, deployment);

    this.registerOutputs({});
  }

  /**
   * The address by which it is called. AWS opens the address of a Service to what a network policy lets out only if the policy's
   * selector, which names the kind, matches the Service's own; and only for a port that has a number.
   */
  private address(name: string, args: PodWorkloadArgs): kubernetes.core.v1.Service {
    const { service, kind, namespace, port } = args;
    const selector = { [LABEL.name]: service, [LABEL.kind]: kind };
    const ports = [{ name: port.name, port: port.number, targetPort: port.number, appProtocol: "http" }];
    return new kubernetes.core.v1.Service(
      name,
      {
        metadata: { name: service, namespace, labels: labelsOf(args) },
        spec: { type: "ClusterIP", selector, ports },
      },
      { parent: this },
    );
  }

  private scaling(
    name: string,
    { service, namespace, scale }: PodWorkloadArgs,
    target: kubernetes.apps.v1.Deployment,
  ): void {
    const metadata = { name: service, namespace };
    const { targetCpuPercent } = scale;
    if (targetCpuPercent !== undefined) this.autoscaler(name, metadata, { ...scale, targetCpuPercent }, target);
    const selector = { matchLabels: { [LABEL.name]: service } };
    new kubernetes.policy.v1.PodDisruptionBudget(
      name,
      { metadata, spec: { maxUnavailable: 1, selector } },
      { parent: this },
    );
  }

  private autoscaler(
    name: string,
    metadata: kubernetes.types.input.meta.v1.ObjectMeta,
    { min, max, targetCpuPercent: cpuPercent }: PodScale & { readonly targetCpuPercent: number },
    target: kubernetes.apps.v1.Deployment,
  ): void {
    const uses = (resource: string, averageUtilization: number) => ({
      type: "Resource",
      resource: { name: resource, target: { type: "Utilization", averageUtilization } },
    });
    new kubernetes.autoscaling.v2.HorizontalPodAutoscaler(
      name,
      {
        metadata,
        spec: {
          scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: target.metadata.name },
          minReplicas: min,
          maxReplicas: max,
          metrics: [uses("cpu", cpuPercent), uses("memory", TARGET_MEMORY_PERCENT)],
        },
      },
      { parent: this },
    );
  }
}

function labelsOf({ tenant, kind, service, version }: PodWorkloadArgs): Record<string, string> {
  return {
    [LABEL.kind]: kind,
    [LABEL.name]: service,
    [LABEL.tenant]: tenant,
    [LABEL.version]: version,
  };
}
