import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { NOTHING } from "./public-load-balancer.ts";

/** A Kubernetes Service, and the requests that a load balancer sends to its pods. */
export interface PodTargetArgs {
  readonly listenerArn: pulumi.Input<string>;
  readonly vpcId: pulumi.Input<string>;
  readonly clusterName: pulumi.Input<string>;
  /** Of what is put into the cluster, where it is not that of the stack. */
  readonly provider?: pulumi.ProviderResource;
  readonly service: { readonly namespace: pulumi.Input<string>; readonly name: string; readonly port: number };
  readonly protocol: "HTTP" | "HTTPS";
  readonly health: { readonly port: number; readonly path: string };
  readonly host: string;
  /** Patterns of paths: those that are answered with 404 come before those that are sent to the pods. */
  readonly paths: { readonly refused: readonly string[]; readonly sent: readonly string[] };
  /** Of its first rule at the listener; the second has the next. Without it AWS gives it the next that is free. */
  readonly priority?: number;
}

/**
 * What a load balancer sends to pods: EKS Auto Mode keeps their addresses in the target group by a TargetGroupBinding
 * (https://docs.aws.amazon.com/eks/latest/userguide/auto-multi-cluster-target-groups.html), so everything else of it is planned and judged.
 */
export class PodTarget extends pulumi.ComponentResource {
  readonly group: aws.lb.TargetGroup;

  constructor(name: string, args: PodTargetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:edge:PodTarget", name, {}, opts);
    const { vpcId, clusterName, service, protocol, health, provider } = args;
    this.group = new aws.lb.TargetGroup(
      name,
      {
        vpcId,
        targetType: "ip",
        port: service.port,
        protocol,
        deregistrationDelay: 30,
        healthCheck: { ...HEALTH, protocol, port: String(health.port), path: health.path },
        // The role of the cluster may change only what bears its name (AmazonEKSLoadBalancingPolicy).
        tags: { "eks:eks-cluster-name": clusterName },
      },
      { parent: this },
    );
    this.route(name, args);
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
      { parent: this, ...(provider && { provider }) },
    );
    this.registerOutputs({});
  }

  private route(name: string, { listenerArn, host, paths, priority }: PodTargetArgs): void {
    const of = (values: readonly string[]): aws.types.input.lb.ListenerRuleCondition[] => [
      { hostHeader: { values: [host] } },
      ...(values.includes("/*") ? [] : [{ pathPattern: { values: [...values] } }]),
    ];
    const place = (after: number) => (priority === undefined ? {} : { priority: priority + after });
    const parent = { parent: this };
    if (paths.refused.length > 0) {
      const refused = { listenerArn, ...place(0), conditions: of(paths.refused), actions: [NOTHING] };
      new aws.lb.ListenerRule(`${name}-refused`, refused, parent);
    }
    const forward = { type: "forward", targetGroupArn: this.group.arn };
    const sent = { listenerArn, ...place(1), conditions: of(paths.sent), actions: [forward] };
    new aws.lb.ListenerRule(name, sent, parent);
  }
}

const HEALTH = {
  matcher: "200",
  interval: 15,
  timeout: 5,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
};
