import * as kubernetes from "@pulumi/kubernetes";
import { LABEL } from "../../../contracts/tags.ts";
import { podsAdmitNamedPeersOnly } from "../../../policies/premise-3-private-network/pods-admit-named-peers-only.ts";
import { testRule } from "../../support/rule-tester.ts";
import { onCluster, TENANT } from "../programs.ts";

type Ingress = kubernetes.types.input.networking.v1.NetworkPolicyIngressRule;

const PORTS = [{ port: 8080 }];
const SCRAPER = {
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "observability" } },
  podSelector: { matchLabels: { app: "scraper" } },
};

/** A policy for the pods of a BFF. */
function admits(...ingress: Ingress[]): void {
  const podSelector = { matchLabels: { [LABEL.kind]: "bff" } };
  const spec = { podSelector, policyTypes: ["Ingress"], ingress };
  new kubernetes.networking.v1.NetworkPolicy(
    "bff",
    { metadata: { name: "bff", namespace: TENANT }, spec },
    onCluster(),
  );
}

const PEERS = '"bff" must name the peers that it admits: pods, or private addresses.';
const PORT = '"bff" must name the ports on which it admits them.';

testRule(
  podsAdmitNamedPeersOnly,
  {
    accepts: {
      "pods of the same namespace": () => admits({ ports: PORTS, from: [{ podSelector: {} }] }),
      "a scraper in another namespace": () => admits({ ports: PORTS, from: [SCRAPER] }),
      "a load balancer in the network": () => admits({ ports: PORTS, from: [{ ipBlock: { cidr: "10.2.0.0/16" } }] }),
      nobody: () => admits(),
    },
    rejects: {
      everybody: [() => admits({}), PEERS, PORT],
      "everybody on a port": [() => admits({ ports: PORTS }), PEERS],
      "the internet": [() => admits({ ports: PORTS, from: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }), PEERS],
      "every namespace": [() => admits({ ports: PORTS, from: [{ namespaceSelector: {} }] }), PEERS],
      "every namespace, by a label that it does not have": [
        () =>
          admits({
            ports: PORTS,
            from: [{ namespaceSelector: { matchExpressions: [{ key: "none", operator: "DoesNotExist" }] } }],
          }),
        PEERS,
      ],
      "named peers, and everybody": [() => admits({ ports: PORTS, from: [SCRAPER] }, { ports: PORTS }), PEERS],
      "every port": [() => admits({ from: [SCRAPER] }), PORT],
    },
  },
  { preview: "realistic" },
);
