import type { Row } from "../row.ts";

/** Monitoramento e Observabilidade (6). */
export const OBSERVABILITY: readonly Row[] = [
  {
    id: "OB.1",
    asks: "source: AgentCore Gateway Metrics & Logs",
    status: "built",
    code: ["components/observability/vended-logs.ts", "components/observability/gateway-alarms.ts"],
    rules: ["gateways-and-runtimes-deliver-logs-and-traces", "gateways-raise-alarms"],
  },
  {
    id: "OB.2",
    asks: "sources EKS container metrics, MCP application metrics; 6.1 CPU, memória, rede",
    status: "missing",
    lacks: "Metrics of containers and of MCP servers",
  },
  {
    id: "OB.3",
    asks: "source: Auth Services Security Logs",
    status: "partly",
    code: ["components/identity/keycloak-realm.ts"],
    lacks: "Pods' logs, with Keycloak's events among them, are collected by nothing; logs of Cognito",
  },
  {
    id: "OB.4",
    asks: "CloudWatch Agent, OpenTelemetry Collector, Fluent Bit",
    status: "missing",
    lacks: "ADOT and log add-ons: pods' logs vanish with the node",
  },
  {
    id: "OB.5",
    asks: "CloudWatch Logs",
    status: "built",
    code: ["components/observability/vended-logs.ts"],
    rules: ["log-groups-keep-logs"],
  },
  { id: "OB.6", asks: "CloudWatch Metrics", status: "partly", lacks: "Metrics of containers and of MCP servers" },
  {
    id: "OB.7",
    asks: "AWS X-Ray",
    status: "partly",
    code: ["components/observability/transaction-search.ts"],
    lacks: "Spans of our code, tenant attribute, indexing/sampling",
  },
  { id: "OB.8", asks: "Amazon OpenSearch", status: "missing", lacks: "No OpenSearch domain or collection" },
  { id: "OB.9", asks: "CloudWatch Dashboards, Managed Grafana", status: "missing", lacks: "Generated per tenant" },
  {
    id: "OB.10",
    asks: "Amazon SNS",
    status: "built",
    code: ["components/observability/alert-topic.ts"],
    rules: ["alerts-reach-somebody"],
    decisions: ["who hears of alarms"],
  },
  { id: "OB.11", asks: "Slack Integration", status: "missing", lacks: "Chatbot/Amazon Q channel" },
  {
    id: "OB.12",
    asks: "6.1 Gateway: Latência, throughput, taxa de erro",
    status: "partly",
    lacks: "UserErrors, Throttles, interceptor errors",
  },
  {
    id: "OB.13",
    asks: "6.1 MCP Server Health: Disponibilidade, tempo de resposta",
    status: "missing",
    lacks: "Canary, alarms on runtimes",
  },
  {
    id: "OB.14",
    asks: "6.1 Authentication Metrics: taxa de sucesso, tokens emitidos",
    status: "partly",
    lacks: "Rate, tokens issued, alarms",
  },
  {
    id: "OB.15",
    asks: "6.2 log: timestamp, level",
    status: "built",
    code: ["services/libraries/service-kit/log.ts"],
    tests: ["test/services/gateway-interceptor/records.test.ts"],
  },
  {
    id: "OB.16",
    asks: "6.2 log: component, event, details.{client_id, mcp_server, method, duration_ms, status}",
    status: "partly",
    lacks: "One schema for all components",
  },
];
