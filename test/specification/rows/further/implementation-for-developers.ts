import type { Row } from "../../row.ts";

/** Implementação Detalhada por Cenário (5.1). */
export const FOR_DEVELOPERS: readonly Row[] = [
  {
    id: "IM.1",
    asks: "realm: “development-realm”; dcr_endpoint “/auth/realms/…”",
    status: "decided",
    decisions: ["shared issuers", "Keycloak's path"],
  },
  {
    id: "IM.2",
    asks: "anonymous_registration: false, software_statement_required: true",
    status: "decided",
    decisions: ["who may register"],
  },
  {
    id: "IM.3",
    asks: "protected_registration: true",
    status: "decided",
    decisions: ["who may register", "machines that are no agents"],
  },
  {
    id: "IM.4",
    asks: "supported_flows authorization_code; pkce_required; S256",
    status: "built",
    code: ["components/identity/client-policies.ts"],
    rules: ["realms-enforce-pkce"],
  },
  {
    id: "IM.5",
    asks: "supported_flows: client_credentials",
    status: "decided",
    decisions: ["client credentials for tools"],
  },
  { id: "IM.6", asks: "scopes mcp:read, mcp:write", status: "built", code: ["components/identity/keycloak-realm.ts"] },
  { id: "IM.7", asks: "scopes mcp:debug, gateway:admin", status: "decided", decisions: ["scopes with power"] },
  {
    id: "IM.8",
    asks: "internal authentication_method: oauth2_bearer",
    status: "built",
    code: ["components/gateway/gateway.ts"],
  },
  {
    id: "IM.9",
    asks: "internal rate_limiting: requests_per_minute 1000, burst_capacity 100",
    status: "built",
    code: ["environments/quotas.ts", "services/gateway-interceptor/quota.ts"],
    tests: ["test/services/gateway-interceptor/quota.test.ts"],
    decisions: ["rate of developers"],
  },
  {
    id: "IM.10",
    asks: "allowed_operations: tools/list, tools/call, resources/list, resources/read, prompts/list, prompts/get",
    status: "built",
    code: ["services/gateway-interceptor/catalogue.ts"],
    tests: ["test/services/gateway-interceptor/interceptor.test.ts"],
  },
  {
    id: "IM.11",
    asks: "debug_features.request_tracing",
    status: "built",
    code: [
      "services/mcp/development/sources/xray-traces.ts",
      "services/libraries/telemetry/export/otlp.ts",
      "components/compute/runtime.ts",
    ],
    tests: [
      "test/services/mcp/development/sources/found-traces.test.ts",
      "test/services/libraries/telemetry/trace.test.ts",
    ],
  },
  {
    id: "IM.12",
    asks: "debug_features.response_logging, performance_metrics",
    status: "built",
    code: [
      "services/libraries/service-kit/audit-line.ts",
      "services/mcp/development/tools/search-logs.ts",
      "components/observability/figures.ts",
    ],
    rules: ["dashboards-show-what-is-written"],
    tests: ["test/services/mcp/development/development-server.test.ts", "test/infra/tenant/dashboard.test.ts"],
    decisions: ["logs of responses"],
  },
];
