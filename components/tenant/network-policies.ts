import { A2A_PORT } from "../../contracts/ports.ts";
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { KIND, LABEL } from "../../contracts/tags.ts";

/** Which namespace is closed, and where the private endpoints are. */
export interface NetworkPoliciesArgs {
  readonly namespace: pulumi.Input<string>;
  readonly cidr: string;
}

/** Closes a namespace both ways, then lists what may pass: names, agents of the same namespace, private endpoints (premises 2 and 5). */
export function networkPolicies(
  name: string,
  { namespace, cidr }: NetworkPoliciesArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  for (const [policy, spec] of Object.entries(passages(cidr))) {
    new kubernetes.networking.v1.NetworkPolicy(
      `${name}-${policy}`,
      { metadata: { name: policy, namespace }, spec },
      opts,
    );
  }
}

function passages(cidr: string): Readonly<Record<string, kubernetes.types.input.networking.v1.NetworkPolicySpec>> {
  const everyPod = { podSelector: {} };
  const agents = { podSelector: { matchLabels: { [LABEL.kind]: KIND.agent } } };
  const dns = {
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
    podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
  };
  const a2a = [{ protocol: "TCP", port: A2A_PORT }];
  return {
    "default-deny": { ...everyPod, policyTypes: ["Ingress", "Egress"] },
    "allow-dns": {
      ...everyPod,
      policyTypes: ["Egress"],
      egress: [
        {
          to: [dns],
          ports: [
            { protocol: "UDP", port: 53 },
            { protocol: "TCP", port: 53 },
          ],
        },
      ],
    },
    "allow-agents": {
      ...agents,
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: [agents], ports: a2a }],
      egress: [{ to: [agents], ports: a2a }],
    },
    "allow-private-endpoints": {
      ...everyPod,
      policyTypes: ["Egress"],
      egress: [{ to: [{ ipBlock: { cidr } }], ports: [{ protocol: "TCP", port: 443 }] }],
    },
  };
}
