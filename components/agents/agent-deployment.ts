import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { KIND, LABEL } from "../../contracts/tags.ts";
import { A2A_PORT } from "../../contracts/ports.ts";
import { podSpec } from "./pod-spec.ts";

/** One agent of one tenant, and how far it may scale. */
export interface AgentDeploymentArgs {
  readonly tenant: string;
  readonly agent: string;
  readonly version: string;
  readonly imageUri: string;
  readonly namespace: pulumi.Input<string>;
  readonly clusterName: pulumi.Input<string>;
  readonly role: aws.iam.Role;
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  readonly scale: { readonly min: number; readonly max: number; readonly targetCpuPercent: number };
}

/** An agent on EKS: its own identity, spread over the zones, scaled by load, spoken to over A2A alone (premises 2 and 8). */
export class AgentDeployment extends pulumi.ComponentResource {
  constructor(name: string, args: AgentDeploymentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:agents:AgentDeployment", name, {}, opts);
    const { agent, namespace, clusterName, role } = args;
    const metadata = { name: agent, namespace, labels: labelsOf(args) };
    const selector = { matchLabels: { [LABEL.name]: agent } };
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
    const deployment = new kubernetes.apps.v1.Deployment(
      name,
      {
        metadata,
        spec: {
          selector,
          strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
          template: { metadata: { labels: labelsOf(args) }, spec: podSpec({ ...args, serviceAccount }) },
        },
      },
      { parent: this, dependsOn: [association] },
    );
    this.service(name, args);
    this.scaling(name, args, deployment);

    this.registerOutputs({});
  }

  /**
   * The address by which other agents call it. AWS opens the address of a Service to what a network policy lets out only if the policy's
   * selector, which names the kind, matches the Service's own; and only for a port that has a number.
   */
  private service(name: string, args: AgentDeploymentArgs) {
    const { agent, namespace } = args;
    const selector = { [LABEL.name]: agent, [LABEL.kind]: KIND.agent };
    const port = { name: "a2a", port: A2A_PORT, targetPort: A2A_PORT, appProtocol: "http" };
    new kubernetes.core.v1.Service(
      name,
      {
        metadata: { name: agent, namespace, labels: labelsOf(args) },
        spec: { type: "ClusterIP", selector, ports: [port] },
      },
      { parent: this },
    );
  }

  private scaling(
    name: string,
    { agent, namespace, scale }: AgentDeploymentArgs,
    target: kubernetes.apps.v1.Deployment,
  ) {
    const metadata = { name: agent, namespace };
    const averageUtilization = scale.targetCpuPercent;
    new kubernetes.autoscaling.v2.HorizontalPodAutoscaler(
      name,
      {
        metadata,
        spec: {
          scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: target.metadata.name },
          minReplicas: scale.min,
          maxReplicas: scale.max,
          metrics: [
            { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization } } },
          ],
        },
      },
      { parent: this },
    );
    const selector = { matchLabels: { [LABEL.name]: agent } };
    new kubernetes.policy.v1.PodDisruptionBudget(
      name,
      { metadata, spec: { maxUnavailable: 1, selector } },
      { parent: this },
    );
  }
}

function labelsOf({ tenant, agent, version }: AgentDeploymentArgs): Record<string, string> {
  return {
    [LABEL.kind]: KIND.agent,
    [LABEL.name]: agent,
    [LABEL.tenant]: tenant,
    [LABEL.version]: version,
  };
}
