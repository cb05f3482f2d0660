import { A2A_PORT, BFF_PORT } from "../../contracts/ports.ts";
import { DNS_ADDRESS, SERVICE_CIDR } from "../../contracts/network/service-addresses.ts";
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { OTLP } from "../../contracts/records/container-logs.ts";
import { KIND, LABEL } from "../../contracts/tags.ts";

/** Where EKS Pod Identity hands out credentials on each node: a link-local address, which is not the node's own. */
const POD_IDENTITY_AGENT = "169.254.170.23/32";

/** Which namespace is closed, and where the private endpoints and the load balancers are. */
export interface NetworkPoliciesArgs {
  readonly namespace: pulumi.Input<string>;
  /** Addresses of the VPC, in which the private endpoints are. */
  readonly cidr: string;
  /** Ranges of the subnets in which load balancers are, and no pods. */
  readonly balancers: readonly string[];
}

/**
 * Closes a namespace both ways, then lists what may pass: names, credentials, private endpoints; load balancers to BFFs, and BFFs and
 * agents to agents of the same namespace (premises 2 and 5).
 */
export function networkPolicies(
  name: string,
  { namespace, cidr, balancers }: NetworkPoliciesArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  for (const [policy, spec] of Object.entries(passages(cidr, balancers))) {
    new kubernetes.networking.v1.NetworkPolicy(
      `${name}-${policy}`,
      { metadata: { name: policy, namespace }, spec },
      opts,
    );
  }
}

type Passage = kubernetes.types.input.networking.v1.NetworkPolicySpec;

/** A selector of every pod of the namespace. */
const everyPod = { podSelector: {} };

function passages(cidr: string, balancers: readonly string[]): Readonly<Record<string, Passage>> {
  const agents = { podSelector: { matchLabels: { [LABEL.kind]: KIND.agent } } };
  const bffs = { podSelector: { matchLabels: { [LABEL.kind]: KIND.bff } } };
  const a2a = [{ protocol: "TCP", port: A2A_PORT }];
  const http = [{ protocol: "TCP", port: BFF_PORT }];
  return {
    ...closedButForNodes(),
    "allow-agents": {
      ...agents,
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: [agents, bffs], ports: a2a }],
      egress: [{ to: [agents], ports: a2a }],
    },
    "allow-bffs": {
      ...bffs,
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: balancers.map((it) => ({ ipBlock: { cidr: it } })), ports: http }],
      egress: [{ to: [agents], ports: a2a }],
    },
    // The collector of each node is asked by the address of its Service, and has the address of the node.
    "allow-telemetry": {
      ...everyPod,
      policyTypes: ["Egress"],
      egress: [
        {
          to: [{ ipBlock: { cidr: SERVICE_CIDR } }, { ipBlock: { cidr } }],
          ports: [{ protocol: "TCP", port: OTLP.port }],
        },
      ],
    },
    "allow-private-endpoints": {
      ...everyPod,
      policyTypes: ["Egress"],
      egress: [{ to: [{ ipBlock: { cidr } }], ports: [{ protocol: "TCP", port: 443 }] }],
    },
  };
}

/** The policies that every namespace begins with: closed both ways, but for what each node has for its pods, names and credentials. */
export function closedButForNodes(): Readonly<Record<"default-deny" | "allow-dns" | "allow-pod-identity", Passage>> {
  // EKS Auto Mode runs DNS as a service of each node: the labels match no pod there, and the address alone lets questions out.
  const dns = [
    { ipBlock: { cidr: `${DNS_ADDRESS}/32` } },
    {
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
      podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
    },
  ];
  const ports = ["UDP", "TCP"].map((protocol) => ({ protocol, port: 53 }));
  return {
    "default-deny": { ...everyPod, policyTypes: ["Ingress", "Egress"] },
    "allow-dns": { ...everyPod, policyTypes: ["Egress"], egress: [{ to: dns, ports }] },
    "allow-pod-identity": {
      ...everyPod,
      policyTypes: ["Egress"],
      egress: [{ to: [{ ipBlock: { cidr: POD_IDENTITY_AGENT } }], ports: [{ protocol: "TCP", port: 80 }] }],
    },
  };
}
