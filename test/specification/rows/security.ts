import type { Row } from "../row.ts";

/** Segurança (7). */
export const SECURITY: readonly Row[] = [
  {
    id: "SE.1",
    asks: "Zero Trust: “Verificação contínua”",
    status: "built",
    code: ["services/gateway-interceptor", "components/gateway", "services/libraries/mcp-host"],
    proofs: ["tools-need-exactly-their-scope"],
  },
  {
    id: "SE.2",
    asks: "“Defense in Depth”",
    status: "built",
    code: ["services/gateway-interceptor", "components/gateway", "services/mcp/database/tenancy"],
    proofs: ["tenants-reach-only-their-own"],
    tests: ["test/services/mcp/database/isolation.test.ts"],
  },
  {
    id: "SE.3",
    asks: "“Encryption Everywhere”",
    status: "built",
    code: [
      "components/encryption/data-key.ts",
      "components/edge/public-load-balancer.ts",
      "components/compute/node-pool.ts",
      "components/network/vpc.ts",
    ],
    rules: ["nodes-encrypt-what-they-send", "vpcs-watch-encryption", "data-travels-encrypted"],
    decisions: ["mTLS, TLS 1.3", "TLS to BFFs"],
  },
  {
    id: "SE.4",
    asks: "“mTLS: Comunicação segura entre todos os componentes”",
    status: "decided",
    code: ["components/compute/node-pool.ts", "components/network/vpc.ts"],
    rules: ["nodes-encrypt-what-they-send", "vpcs-watch-encryption"],
    decisions: ["mTLS, TLS 1.3"],
  },
  {
    id: "SE.5",
    asks: "“JWT Validation: … em todos os endpoints”",
    status: "built",
    code: ["components/gateway/gateway.ts", "services/libraries/mcp-host"],
    rules: ["gateways-authenticate-callers"],
  },
  {
    id: "SE.6",
    asks: "“Rate Limiting: Proteção contra ataques de negação de serviço”",
    status: "built",
    code: ["services/gateway-interceptor/quota.ts", "components/edge/web-acl.ts", "components/edge/web-acl-rules.ts"],
    rules: ["web-acls-block", "entries-are-behind-a-web-acl"],
    decisions: ["denial of service"],
  },
  {
    id: "SE.7",
    asks: "“Audit Logging: … todas as operações sensíveis”",
    status: "built",
    code: ["services/gateway-interceptor/records.ts", "infra/region/guard-rails.ts"],
    rules: ["regions-are-watched", "web-acls-keep-a-record", "records-cannot-be-changed"],
  },
];
