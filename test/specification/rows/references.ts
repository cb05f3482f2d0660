import type { Row } from "../row.ts";

/** Referências, Conformidade, Próximos Passos. */
export const REFERENCES: readonly Row[] = [
  {
    id: "RF.1",
    asks: "RFC 6749 (Sec. 4.4)",
    status: "built",
    code: ["services/agent-token", "components/identity/tenant-pool.ts"],
    proofs: ["agents-get-tokens", "pools-issue-what-gateways-demand"],
  },
  {
    id: "RF.2",
    asks: "RFC 7591, CIMD draft",
    status: "decided",
    decisions: ["client ID metadata documents", "what a client may register"],
  },
  {
    id: "RF.3",
    asks: "RFC 7636 PKCE obrigatório",
    status: "built",
    code: ["components/identity/client-policies.ts"],
    rules: ["realms-enforce-pkce"],
  },
  { id: "RF.4", asks: "RFC 8707", status: "decided", decisions: ["audience of machine tokens"] },
  { id: "RF.5", asks: "RFC 9068", status: "decided", decisions: ["type of Keycloak's tokens"] },
  { id: "RF.6", asks: "RFC 9728", status: "built", code: ["services/libraries/service-kit/tokens/challenge.ts"] },
  {
    id: "RF.7",
    asks: "MCP 2025-11-25 + Authorization",
    status: "built",
    code: ["services/libraries/mcp-host", "components/gateway/gateway.ts"],
    tests: ["test/services/libraries/mcp-host/conformance.test.ts"],
  },
  {
    id: "RF.8",
    asks: "OAuth 2.1 / Security BCP",
    status: "built",
    code: ["components/identity/keycloak-realm.ts", "components/identity/tenant-pool.ts"],
    rules: ["user-pool-clients-keep-to-safe-flows", "realms-enforce-pkce"],
  },
  {
    id: "RF.9",
    asks: "OWASP API Top 10, NIST CSF, AWS Well-Architected",
    status: "built",
    code: ["policies/compliance"],
  },
  {
    id: "RF.10",
    asks: "SOC 2 Type II, ISO 27001, PCI DSS",
    status: "built",
    code: ["policies/compliance", "tools/report"],
  },
  {
    id: "RF.11",
    asks: "GDPR",
    status: "decided",
    code: ["environments/residency.ts", "docs/erasure.md"],
    decisions: ["erasure of a tenant", "customer data in logs"],
  },
  { id: "CL.1", asks: "“Implementação Faseada”", status: "decided", decisions: ["phases"] },
  {
    id: "CL.2",
    asks: "“Testes de Conformidade: Validar implementação contra especificações RFC”",
    status: "built",
    code: ["sandbox/data-plane/identity", "services/libraries/mcp-host"],
    tests: [
      "test/services/libraries/mcp-host/conformance.test.ts",
      "test/sandbox/data-plane/identity/conformance.test.ts",
    ],
  },
  {
    id: "CL.3",
    asks: "“Documentação Técnica: Manter atualizada”",
    status: "built",
    code: ["docs"],
    tests: ["test/architecture", "test/specification/specification.test.ts"],
  },
];
