import type { Row } from "../row.ts";

/** EKS e Segurança de Rede (5.2, 5.3). */
export const EKS: readonly Row[] = [
  {
    id: "EK.1",
    asks: "VPC 10.0.0.0/16, three AZs, Internet Gateway, Control Plane Multi-AZ, autoMode",
    status: "built",
    code: ["components/network/vpc.ts", "components/compute/eks-cluster.ts"],
  },
  {
    id: "EK.2",
    asks: "public subnets 10.0.1/2/3.0/24, private 10.0.10/20/30.0/24",
    status: "decided",
    code: ["components/network/vpc.ts"],
    decisions: ["sizes of subnets"],
  },
  { id: "EK.3", asks: "NAT1, NAT2 (PRIV3 through NAT1)", status: "decided", decisions: ["NAT"] },
  {
    id: "EK.4",
    asks: "Worker Nodes “AI Agents Nodes m6i.large”",
    status: "built",
    code: ["components/compute/eks-cluster.ts"],
  },
  {
    id: "EK.5",
    asks: "Worker Nodes “Compute Nodes c6i.2xlarge”",
    status: "built",
    code: ["environments/capacity/node-pools.ts", "components/compute/node-pool.ts"],
    rules: ["node-pools-are-bounded"],
    tests: ["test/components/compute/eks-cluster.test.ts", "test/environments/capacity.test.ts"],
  },
  { id: "EK.6", asks: "Worker Nodes “Fargate Pods”", status: "decided", decisions: ["Fargate and hybrid nodes"] },
  {
    id: "EK.7",
    asks: "ALB, NLB",
    status: "built",
    code: ["components/edge/public-load-balancer.ts", "components/edge/pod-target.ts", "infra/region/edge.ts"],
    rules: ["load-balancers-are-guarded", "load-balancers-keep-a-record", "administration-is-not-public"],
    decisions: ["what faces the internet"],
  },
  {
    id: "EK.8",
    asks: "version “1.31”; withOIDC; namespace production; AmazonBedrockFullAccess, AmazonCognitoPowerUser",
    status: "decided",
    decisions: ["EKS version", "pods' credentials", "shared namespace", "managed policies"],
  },
  {
    id: "EK.9",
    asks: "ai-agents-general: m6i.large/xlarge, min 2, max 10, desired 3",
    status: "decided",
    code: ["environments/capacity/node-pools.ts", "components/compute/node-pool.ts"],
    decisions: ["node pools"],
  },
  {
    id: "EK.10",
    asks: "ai-agents-compute: c6i.2xlarge/4xlarge, 0–20, taint workload-type=compute-intensive:NoSchedule",
    status: "built",
    code: ["environments/capacity/node-pools.ts", "components/compute/node-pool.ts"],
    rules: ["node-pools-are-bounded"],
    proofs: ["agents-fit-where-they-run"],
    tests: ["test/components/compute/eks-cluster.test.ts", "test/environments/capacity.test.ts"],
  },
  {
    id: "EK.11",
    asks: "NetworkPolicy: ingress from gateway :8080, egress to mcp-servers :443",
    status: "decided",
    decisions: ["network policy"],
  },
];
