import type * as pulumi from "@pulumi/pulumi";
import { BFF_HEALTH_PATH } from "../../contracts/bff/health.ts";
import { BFF_PORT } from "../../contracts/ports.ts";
import { KIND } from "../../contracts/tags.ts";
import { PodTarget } from "../edge/pod-target.ts";
import { PodWorkload, type PodWorkloadArgs } from "../agents/pod-workload.ts";

/** One BFF of one tenant, and the load balancer that sends it the requests for its host. */
export interface BffDeploymentArgs extends Omit<PodWorkloadArgs, "kind" | "port"> {
  readonly host: string;
  readonly vpcId: pulumi.Input<string>;
  readonly listenerArn: pulumi.Input<string>;
}

/** A BFF on EKS: the region's load balancer sends it what is asked of its own host, and nobody else reaches it (premises 3 and 5). */
export class BffDeployment extends PodWorkload {
  constructor(name: string, args: BffDeploymentArgs, opts?: pulumi.ComponentResourceOptions) {
    const port = { name: "http", number: BFF_PORT, healthPath: BFF_HEALTH_PATH };
    super("alicerce:bff:BffDeployment", name, { ...args, kind: KIND.bff, port }, opts);
    const { host, listenerArn, vpcId, namespace, clusterName } = args;
    new PodTarget(
      name,
      {
        listenerArn,
        vpcId,
        clusterName,
        service: { namespace, name: args.service, port: BFF_PORT },
        protocol: "HTTP",
        health: { port: BFF_PORT, path: BFF_HEALTH_PATH },
        host,
        paths: { refused: [], sent: ["/*"] },
      },
      { parent: this },
    );
  }
}
