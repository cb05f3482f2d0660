import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { NOTHING } from "./public-load-balancer.ts";

/** A Kubernetes Service, and the requests that a load balancer sends to its pods. */
export interface PodTargetArgs {
  readonly balancer: { readonly listenerArn: pulumi.Input<string>; readonly securityGroupId: pulumi.Input<string> };
  readonly vpcId: pulumi.Input<string>;
  readonly cluster: {
    readonly name: string;
    readonly securityGroupId: pulumi.Input<string>;
    readonly provider: pulumi.ProviderResource;
  };
  readonly service: { readonly namespace: pulumi.Input<string>; readonly name: string; readonly port: number };
  readonly health: { readonly port: number; readonly path: string };
  readonly host: string;
  /** Patterns of paths: those that are answered with 404 come before those that are sent to the pods. */
  readonly paths: { readonly refused: readonly string[]; readonly sent: readonly string[] };
  /** Of its first rule at the listener; the second has the next. */
  readonly priority: number;
}

/**
 * What a load balancer sends to pods: EKS Auto Mode keeps their addresses in the target group by a TargetGroupBinding
 * (https://docs.aws.amazon.com/eks/latest/userguide/auto-multi-cluster-target-groups.html), so everything else of it is planned and judged.
 */
export class PodTarget extends pulumi.ComponentResource {
  readonly group: aws.lb.TargetGroup;

  constructor(name: string, args: PodTargetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:edge:PodTarget", name, {}, opts);
    const { vpcId, cluster, service, health } = args;
    this.group = new aws.lb.TargetGroup(
      name,
      {
        vpcId,
        targetType: "ip",
        port: service.port,
        protocol: "HTTPS",
        deregistrationDelay: 30,
        healthCheck: { ...HEALTH, port: String(health.port), path: health.path },
        // The role of the cluster may change only what bears its name (AmazonEKSLoadBalancingPolicy).
        tags: { "eks:eks-cluster-name": cluster.name },
      },
      { parent: this },
    );
    this.route(name, args);
    for (const port of new Set([service.port, health.port])) this.open(name, port, args);
    new kubernetes.apiextensions.CustomResource(
      name,
      {
        apiVersion: "eks.amazonaws.com/v1",
        kind: "TargetGroupBinding",
        metadata: { name, namespace: service.namespace },
        spec: {
          serviceRef: { name: service.name, port: service.port },
          targetGroupARN: this.group.arn,
          targetType: "ip",
        },
      },
      { parent: this, provider: cluster.provider },
    );
    this.registerOutputs({});
  }

  private route(name: string, { balancer: { listenerArn }, host, paths, priority }: PodTargetArgs): void {
    const of = (values: readonly string[]): aws.types.input.lb.ListenerRuleCondition[] => [
      { hostHeader: { values: [host] } },
      { pathPattern: { values: [...values] } },
    ];
    const parent = { parent: this };
    new aws.lb.ListenerRule(
      `${name}-refused`,
      { listenerArn, priority, conditions: of(paths.refused), actions: [NOTHING] },
      parent,
    );
    const forward = { type: "forward", targetGroupArn: this.group.arn };
    new aws.lb.ListenerRule(
      name,
      { listenerArn, priority: priority + 1, conditions: of(paths.sent), actions: [forward] },
      parent,
    );
  }

  /** Lets the load balancer, and nothing else of the internet, reach a port of the pods. */
  private open(name: string, port: number, { balancer, cluster }: PodTargetArgs): void {
    const between = { ipProtocol: "tcp", fromPort: port, toPort: port, description: `${name} on port ${port}` };
    new aws.vpc.SecurityGroupEgressRule(
      `${name}-${port}`,
      { ...between, securityGroupId: balancer.securityGroupId, referencedSecurityGroupId: cluster.securityGroupId },
      { parent: this },
    );
    new aws.vpc.SecurityGroupIngressRule(
      `${name}-${port}`,
      { ...between, securityGroupId: cluster.securityGroupId, referencedSecurityGroupId: balancer.securityGroupId },
      { parent: this },
    );
  }
}

const HEALTH = {
  protocol: "HTTPS",
  matcher: "200",
  interval: 15,
  timeout: 5,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
};
