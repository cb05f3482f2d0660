import type { Row } from "../row.ts";

/** Arquitetura de Alto Nível. */
export const ARCHITECTURE: readonly Row[] = [
  {
    id: "AR.1",
    asks: "node “Ferramentas de Desenvolvimento: IDEs, CLIs, Debug Tools”",
    status: "built",
    code: ["sandbox/data-plane/client-configuration.ts"],
    tests: ["test/sandbox/data-plane/clients.test.ts"],
  },
  {
    id: "AR.2",
    asks: "nodes AgentCore Gateway, MCP Servers AgentCore Runtime (×3)",
    status: "built",
    code: ["components/gateway/gateway.ts", "components/compute/runtime.ts", "services/mcp"],
  },
  {
    id: "AR.3",
    asks: "node “Aplicações B2C: Mobile, Web, Chatbots”",
    status: "built",
    code: ["services/bff/b2c/page"],
    tests: ["test/services/bff/b2c/page.test.ts"],
  },
  {
    id: "AR.4",
    asks: "node “Amazon Cognito M2M”",
    status: "built",
    code: ["components/identity/tenant-pool.ts", "services/agent-token", "services/secret-rotation"],
    proofs: ["agents-get-tokens", "rotations-reach-their-secrets", "pools-issue-what-gateways-demand"],
  },
  {
    id: "AR.5",
    asks: "node “Amazon EKS Agents Produção”",
    status: "built",
    code: [
      "components/compute/eks-cluster.ts",
      "components/agents/agent-deployment.ts",
      "infra/tenant/agents/workloads.ts",
    ],
    rules: ["agents-scale-independently"],
    tests: [
      "test/components/compute/eks-cluster.test.ts",
      "test/components/agents/agent-deployment.test.ts",
      "test/infra/tenant/agents/workloads.test.ts",
    ],
  },
  {
    id: "AR.6",
    asks: "node “Amazon Bedrock LLM Services”",
    status: "built",
    code: ["components/agents/model-access.ts", "environments/models.ts", "services/libraries/agent-loop/model"],
    rules: ["inference-stays-in-the-geography"],
    proofs: ["agents-call-their-model"],
  },
  {
    id: "AR.7",
    asks: "comparativo “Gateway: Sempre / Sempre / Opcional”",
    status: "decided",
    decisions: ["direct access"],
  },
];
