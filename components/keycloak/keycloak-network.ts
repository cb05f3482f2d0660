import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { KEYCLOAK_SERVICE } from "../../contracts/keycloak.ts";
import { closedButForNodes } from "../tenant/network-policies.ts";
import { CACHE_PORTS } from "./keycloak-arguments.ts";

/** Who may reach Keycloak's pods, and where its database is. */
export interface KeycloakNetworkArgs {
  readonly labels: Readonly<Record<string, string>>;
  /** Ranges of the subnets in which load balancers are. */
  readonly balancers: readonly string[];
  /** Ranges of the subnets in which the database is, and its port. */
  readonly databases: readonly string[];
  readonly databasePort: number;
}

/**
 * Closes Keycloak's namespace both ways, and lets pass: load balancers in; names, credentials of the pod's role and the database out; the pods
 * of Keycloak among themselves. Whatever a client makes the server ask for finds nothing (premise 3).
 */
export function keycloakNetwork(name: string, args: KeycloakNetworkArgs, opts: pulumi.CustomResourceOptions): void {
  for (const [policy, spec] of Object.entries(passages(args)))
    new kubernetes.networking.v1.NetworkPolicy(
      `${name}-${policy}`,
      { metadata: { name: policy, namespace: KEYCLOAK_SERVICE.namespace }, spec },
      opts,
    );
}

function passages({ labels, balancers, databases, databasePort }: KeycloakNetworkArgs) {
  const podSelector = { matchLabels: { ...labels } };
  const caches = CACHE_PORTS.map((port) => ({ protocol: "TCP", port }));
  const ranges = (cidrs: readonly string[]) => cidrs.map((cidr) => ({ ipBlock: { cidr } }));
  const peers = [{ podSelector }];
  return {
    ...closedButForNodes(),
    "allow-load-balancers": {
      podSelector,
      policyTypes: ["Ingress"],
      ingress: [{ from: ranges(balancers), ports: [{ protocol: "TCP", port: KEYCLOAK_SERVICE.port }] }],
    },
    "allow-database": {
      podSelector,
      policyTypes: ["Egress"],
      egress: [{ to: ranges(databases), ports: [{ protocol: "TCP", port: databasePort }] }],
    },
    "allow-caches": {
      podSelector,
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: peers, ports: caches }],
      egress: [{ to: peers, ports: caches }],
    },
  };
}
