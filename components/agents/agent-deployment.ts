import type * as pulumi from "@pulumi/pulumi";
import { A2A_PORT } from "../../contracts/ports.ts";
import { KIND } from "../../contracts/tags.ts";
import { PodWorkload, type PodWorkloadArgs } from "./pod-workload.ts";

/** One agent of one tenant, and how far it may scale. */
export interface AgentDeploymentArgs extends Omit<PodWorkloadArgs, "kind" | "service" | "port"> {
  readonly agent: string;
}

/** An agent on EKS, spoken to over A2A alone (premise 2). */
export class AgentDeployment extends PodWorkload {
  constructor(name: string, { agent, ...args }: AgentDeploymentArgs, opts?: pulumi.ComponentResourceOptions) {
    const port = { name: "a2a", number: A2A_PORT, healthPath: "/ping" };
    super("alicerce:agents:AgentDeployment", name, { ...args, kind: KIND.agent, service: agent, port }, opts);
  }
}
