import * as kubernetes from "@pulumi/kubernetes";
import { KIND, LABEL } from "../../../contracts/tags.ts";
import { bffsAdmitOnlyLoadBalancers } from "../../../policies/premise-1-gateway-only/bffs-admit-only-load-balancers.ts";
import { testRule } from "../../support/rule-tester.ts";
import { onCluster, TENANT } from "../programs.ts";

type Spec = kubernetes.types.input.networking.v1.NetworkPolicySpec;

const BFFS = { matchLabels: { [LABEL.kind]: KIND.bff } };
const PORTS = [{ protocol: "TCP", port: 8080 }];
const block = (cidr: string) => ({ ipBlock: { cidr } });
const BALANCERS = ["10.2.96.0/22", "10.2.100.0/22", "10.2.104.0/22"].map(block);

function admits(ingress: NonNullable<Spec["ingress"]>, podSelector: NonNullable<Spec["podSelector"]> = BFFS): void {
  new kubernetes.networking.v1.NetworkPolicy(
    "allow-bffs",
    {
      metadata: { name: "allow-bffs", namespace: TENANT },
      spec: { podSelector, policyTypes: ["Ingress"], ingress },
    },
    onCluster(),
  );
}

const PORT = '"allow-bffs" must admit traffic to BFFs on the port 8080 only.';
const PEERS = '"allow-bffs" must admit only the subnets of load balancers to BFFs.';

testRule(
  bffsAdmitOnlyLoadBalancers,
  {
    accepts: {
      "the subnets of load balancers": () => admits([{ ports: PORTS, from: BALANCERS }]),
      "one of their addresses": () => admits([{ ports: PORTS, from: [block("10.2.96.7/32")] }]),
    },
    rejects: {
      "every port": [() => admits([{ from: BALANCERS }]), PORT],
      "the port of agents": [() => admits([{ ports: [{ port: 9000 }], from: BALANCERS }]), PORT],
      "a range of ports": [() => admits([{ ports: [{ port: 8080, endPort: 8090 }], from: BALANCERS }]), PORT],
      everyone: [() => admits([{ ports: PORTS }]), PEERS],
      "the whole network, in which the pods of all tenants are": [
        () => admits([{ ports: PORTS, from: [block("10.2.0.0/16")] }]),
        PEERS,
      ],
      "a network of another region": [() => admits([{ ports: PORTS, from: [block("10.3.96.0/22")] }]), PEERS],
      "the agents, which have nothing to ask of a BFF": [
        () => admits([{ ports: PORTS, from: [{ podSelector: { matchLabels: { [LABEL.kind]: KIND.agent } } }] }]),
        PEERS,
      ],
      "pods of other namespaces": [() => admits([{ ports: PORTS, from: [{ namespaceSelector: {} }] }]), PEERS],
      "every pod, with the BFFs among them": [() => admits([{ ports: [{ port: 9000 }], from: BALANCERS }], {}), PORT],
    },
    ignores: {
      "a policy for another kind of workload": () => admits([{}], { matchLabels: { [LABEL.kind]: KIND.agent } }),
    },
  },
  { preview: "realistic" },
);
