import type { Row } from "../row.ts";

/** Identificação de Dados do Cliente e Contexto (5.1–5.6): audit, validation and isolation. */
export const AUDIT: readonly Row[] = [
  {
    id: "CX.34",
    asks: "audit: timestamp, event_type, correlation_id",
    status: "built",
    code: ["services/libraries/service-kit/audit-line.ts"],
    tests: ["test/services/gateway-interceptor/records.test.ts"],
  },
  {
    id: "CX.35",
    asks: "audit: request_id",
    status: "partly",
    code: ["services/gateway-interceptor/lambda.ts"],
    lacks:
      "If the gateway gives no REQUEST_ID (documented for HTTP targets only) the two halves have different ids, and the audited one is not X-Request-ID",
  },
  {
    id: "CX.36",
    asks: "audit: agent_id, tenant_id",
    status: "built",
    code: ["services/libraries/service-kit/audit-line.ts", "services/gateway-interceptor/records.ts"],
  },
  { id: "CX.37", asks: "audit: client_context.user_id", status: "partly", lacks: "The consumer behind an agent" },
  {
    id: "CX.38",
    asks: "audit: client_context.client_ip",
    status: "partly",
    code: ["services/gateway-interceptor/records.ts"],
    lacks: "AWS sends no source address for MCP targets; it is in other logs, which are not joined",
  },
  {
    id: "CX.39",
    asks: "audit: server_name, method, resource_accessed",
    status: "built",
    code: ["services/gateway-interceptor/records.ts"],
  },
  {
    id: "CX.40",
    asks: "audit: mcp_context.data_classification",
    status: "built",
    code: ["services/gateway-interceptor/catalogue.ts"],
    tests: ["test/services/gateway-interceptor/records.test.ts"],
  },
  {
    id: "CX.41",
    asks: "audit: token_issued_at, token_expires_at, scopes",
    status: "built",
    code: ["services/libraries/service-kit/audit-line.ts"],
    tests: ["test/services/gateway-interceptor/records.test.ts"],
  },
  {
    id: "CX.42",
    asks: "audit: permissions_validated",
    status: "partly",
    code: ["services/libraries/service-kit/audit-line.ts", "services/gateway-interceptor/interceptor.ts"],
    lacks:
      "A call that Cedar denies is written as allowed: the second half of the interceptor knows its own refusals only",
  },
  {
    id: "CX.43",
    asks: "audit: status_code, response_size_bytes",
    status: "built",
    code: ["services/gateway-interceptor/records.ts"],
  },
  {
    id: "CX.44",
    asks: "audit: processing_time_ms",
    status: "partly",
    code: ["services/gateway-interceptor/interceptor.ts"],
    lacks: "Known only if both halves meet the same Lambda process and request id; else ≈ 0",
  },
  {
    id: "CX.45",
    asks: "audit: records_returned",
    status: "partly",
    code: ["services/gateway-interceptor/messages/filter.ts"],
    lacks: "Rows of a query, files of a search",
  },
  {
    id: "CX.46",
    asks: "RFC 9068: validação de assinatura, issuer, tempo",
    status: "built",
    code: ["services/libraries/service-kit/tokens/token.ts"],
  },
  { id: "CX.47", asks: "RFC 8707 `&resource=`", status: "decided", decisions: ["audience of machine tokens"] },
  {
    id: "CX.48",
    asks: "“Protected Resource Metadata”, “Scope Challenge Handling”",
    status: "built",
    code: [
      "sandbox/data-plane/gateway",
      "services/libraries/service-kit/tokens/challenge.ts",
      "services/gateway-interceptor/messages/answer.ts",
    ],
  },
  {
    id: "CX.49",
    asks: "“Token Audience Binding: … prevenir token passthrough”",
    status: "built",
    code: ["components/gateway/mcp-target.ts", "contracts/scopes.ts"],
    rules: ["targets-are-called-as-the-gateway"],
  },
  {
    id: "CX.50",
    asks: "isolation diagram: Context Router, Token Validator, MCP Instance / Data per tenant",
    status: "built",
    code: ["infra/tenant"],
  },
  { id: "CX.51", asks: "diagram: Role-Based Access", status: "partly", lacks: "Roles" },
  {
    id: "CX.52",
    asks: "controles 1-3: isolamento por tenant_id, validação por request, chaves por tenant",
    status: "built",
    code: ["components/encryption/data-key.ts"],
  },
  {
    id: "CX.53",
    asks: "controle 4 “TLS 1.3 para todas as comunicações”",
    status: "missing",
    code: ["services/mcp/database/connection.ts"],
    lacks: "TLS between agents (A2A is plain HTTP), 1.3 where ours",
  },
  {
    id: "CX.54",
    asks: "controle 5 “Log de todas as operações com contexto de segurança”",
    status: "partly",
    code: ["services/gateway-interceptor/records.ts", "infra/region/guard-rails.ts"],
    rules: ["regions-are-watched"],
    lacks: "Events of Keycloak and Cognito, statements of databases",
  },
];
