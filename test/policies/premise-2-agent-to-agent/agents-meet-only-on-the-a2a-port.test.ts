import * as kubernetes from "@pulumi/kubernetes";
import { KIND, LABEL } from "../../../contracts/tags.ts";
import { agentsMeetOnlyOnTheA2aPort } from "../../../policies/premise-2-agent-to-agent/agents-meet-only-on-the-a2a-port.ts";
import { testRule } from "../../support/rule-tester.ts";
import { onCluster, TENANT } from "../programs.ts";

type Spec = kubernetes.types.input.networking.v1.NetworkPolicySpec;

const AGENTS = { matchLabels: { [LABEL.kind]: KIND.agent } };
const PORTS = [{ port: 9000 }];
const PEERS = [{ podSelector: AGENTS }];

function admits(ingress: Spec["ingress"], podSelector: Spec["podSelector"] = AGENTS): void {
  new kubernetes.networking.v1.NetworkPolicy(
    "allow-agents",
    {
      metadata: { name: "allow-agents", namespace: TENANT },
      spec: { podSelector, policyTypes: ["Ingress"], ingress: ingress! },
    },
    onCluster(),
  );
}

const PORT = '"allow-agents" must admit traffic to agents on the A2A port only.';
const PODS = '"allow-agents" must admit only agents and BFFs of its own namespace to agents.';

testRule(
  agentsMeetOnlyOnTheA2aPort,
  {
    accepts: {
      "agents on the port 9000": () => admits([{ ports: PORTS, from: PEERS }]),
      "BFFs on the port 9000": () =>
        admits([{ ports: PORTS, from: [...PEERS, { podSelector: { matchLabels: { [LABEL.kind]: KIND.bff } } }] }]),
      "agents on the port by its name": () => admits([{ ports: [{ port: "a2a", protocol: "TCP" }], from: PEERS }]),
    },
    rejects: {
      "every pod of the namespace": [() => admits([{ ports: PORTS, from: [{ podSelector: {} }] }]), PODS],
      "pods of another kind": [
        () => admits([{ ports: PORTS, from: [{ podSelector: { matchLabels: { [LABEL.kind]: "job" } } }] }]),
        PODS,
      ],
      "every port": [() => admits([{ from: PEERS }]), PORT],
      "one more port": [() => admits([{ ports: [...PORTS, { port: 22 }], from: PEERS }]), PORT],
      "a range of ports": [() => admits([{ ports: [{ port: 9000, endPort: 9999 }], from: PEERS }]), PORT],
      everyone: [() => admits([{ ports: PORTS }]), PODS],
      "a range of addresses": [() => admits([{ ports: PORTS, from: [{ ipBlock: { cidr: "10.0.0.0/8" } }] }]), PODS],
      "pods of other namespaces": [
        () => admits([{ ports: PORTS, from: [{ podSelector: AGENTS, namespaceSelector: {} }] }]),
        PODS,
      ],
      "every port of every pod": [() => admits([{ from: PEERS }], {}), PORT],
    },
    ignores: {
      "a policy for another kind of workload": () => admits([{}], { matchLabels: { [LABEL.kind]: "bff" } }),
    },
  },
  { preview: "realistic" },
);
