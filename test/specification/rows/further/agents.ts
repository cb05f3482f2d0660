import type { Row } from "../../row.ts";

/** Componentes Principais, AI Agents. */
export const AI_AGENTS: readonly Row[] = [
  {
    id: "AG.1",
    asks: "3.1 POC: “Deploy rápido”, “cobrança por uso”",
    status: "partly",
    code: ["infra/tenant/agents/workloads.ts", "environments/development.ts", "tools/cost"],
    lacks: "No agent has an image",
  },
  {
    id: "AG.2",
    asks: "3.2 “Distribuição multi-AZ automática”",
    status: "built",
    code: ["components/agents/pod-spec.ts"],
    proofs: ["agents-fit-where-they-run"],
    tests: ["test/environments/capacity.test.ts"],
  },
  { id: "AG.3", asks: "3.2 “Karpenter e Auto Mode”", status: "built", code: ["components/compute/eks-cluster.ts"] },
  { id: "AG.4", asks: "3.2 “VPC CNI, IRSA”", status: "decided", decisions: ["pods' credentials"] },
  {
    id: "AG.5",
    asks: "“EKS Capabilities”, “EBS, EFS e FSx”",
    status: "decided",
    decisions: ["EKS Capabilities", "volumes of pods"],
  },
  {
    id: "AG.6",
    asks: "“Suporte a EC2, Fargate e nós híbridos”",
    status: "decided",
    decisions: ["Fargate and hybrid nodes"],
  },
  {
    id: "AG.7",
    asks: "agent types customer-support, product-recommendation, integration-processor, data-transformer (and coordinator)",
    status: "built",
    code: ["services/agents", "releases/releases.ts"],
    tests: ["test/services/agents/agents.test.ts", "test/sandbox/data-plane/agents/local-agents.test.ts"],
  },
];
