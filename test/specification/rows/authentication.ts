import type { Row } from "../row.ts";

/** Estratégia de Autenticação (4.1, 4.2). */
export const AUTHENTICATION: readonly Row[] = [
  {
    id: "AU.1",
    asks: "“1. DCR Request com Client Metadata”; token_endpoint_auth_method none, S256",
    status: "built",
    code: ["sandbox/data-plane/identity", "components/identity/registration-policies.ts"],
  },
  {
    id: "AU.2",
    asks: "“2. Valida Software Statement”, “3. Client Credentials” for a public client",
    status: "decided",
    decisions: ["who may register", "client credentials for tools"],
  },
  {
    id: "AU.3",
    asks: "“Authorization Request + PKCE”, “User Authentication & Consent”, “Token Validation”",
    status: "built",
    code: [
      "components/identity/client-policies.ts",
      "services/libraries/gateway-client/person-login.ts",
      "components/identity/registration-policies.ts",
      "services/libraries/service-kit/tokens/token-keys.ts",
    ],
  },
  {
    id: "AU.4",
    asks: "“9. MCP Request + Access Token” direct to the MCP server",
    status: "decided",
    decisions: ["direct access"],
  },
  {
    id: "AU.5",
    asks: "“Client ID Metadata Documents”",
    status: "decided",
    code: [
      "sandbox/data-plane/identity/embedded/client-metadata.ts",
      "services/libraries/gateway-client/person-login.ts",
    ],
    decisions: ["client ID metadata documents"],
  },
  {
    id: "AU.6",
    asks: "“Registro protegido com validação de domínio”",
    status: "decided",
    decisions: ["who may register"],
  },
  {
    id: "AU.7",
    asks: "DCR example: redirect “https://localhost:8080/callback”",
    status: "decided",
    decisions: ["redirect of a tool"],
  },
  {
    id: "AU.8",
    asks: "Cognito: “Comunicação Agent → AgentCore Gateway”",
    status: "built",
    code: [
      "infra/tenant/identity/pool.ts",
      "services/libraries/gateway-client/token-function.ts",
      "services/libraries/agent-process",
    ],
    proofs: ["agents-get-tokens", "agents-call-their-gateways", "pools-issue-what-gateways-demand"],
  },
  {
    id: "AU.9",
    asks: "Cognito: “Comunicação Gateway → MCP Servers”",
    status: "decided",
    decisions: ["token passthrough"],
  },
  {
    id: "AU.10",
    asks: "Cognito: “Autenticação entre serviços internos”",
    status: "built",
    code: ["services/libraries/agent-host", "components/bff/bff-identity.ts", "infra/tenant/identity/pool.ts"],
    tests: ["test/services/libraries/agent-host/identities.test.ts"],
  },
  {
    id: "AU.11",
    asks: "“AWS Secrets Manager para rotação de credenciais”",
    status: "built",
    code: ["services/secret-rotation", "components/identity/secret-rotation.ts"],
    rules: ["client-secrets-are-rotated"],
    proofs: ["rotations-reach-their-secrets"],
    decisions: ["secret rotation"],
  },
  {
    id: "AU.12",
    asks: "“Service accounts dedicadas por agente”",
    status: "built",
    code: ["components/agents/agent-identity.ts"],
    rules: ["agents-have-their-own-identity"],
  },
  {
    id: "AU.13",
    asks: "“Melhor performance para comunicação M2M”: token caching",
    status: "built",
    code: ["services/libraries/gateway-client/machine-token.ts"],
    tests: ["test/services/libraries/gateway-client/machine-token.test.ts"],
  },
];
