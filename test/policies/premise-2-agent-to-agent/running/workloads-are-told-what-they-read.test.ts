import { workloadsAreToldWhatTheyRead } from "../../../../policies/premise-2-agent-to-agent/running/workloads-are-told-what-they-read.ts";
import { OTLP } from "../../../../contracts/records/container-logs.ts";
import type { Plan } from "../../../../plan/model.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { edited, type Inputs } from "../../proofs/edits.ts";

const TENANT = "production.eu-west-1.xyz-gmbh";
const RUNTIMES = "development.us-east-1.acme-corp";
const REGION = "production.eu-west-1";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const FUNCTION = "aws:lambda/function:Function";
const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";

type Variable = readonly [name: string, value: string | undefined];

/** The shipped stack in which one variable of a workload is another one, or is not there. */
function told(stack: string, type: string, name: string, variable: Variable): Plan {
  return edited([shipped(stack)], { type, name, change: (inputs) => change(type, inputs, variable) })[0]!;
}

function change(type: string, inputs: Inputs, [name, value]: Variable): void {
  if (type === DEPLOYMENT) {
    const { spec } = inputs as { spec: { template: { spec: { containers: { env: Inputs[] }[] } } } };
    const [container] = spec.template.spec.containers;
    const others = container!.env.filter((it) => it["name"] !== name);
    container!.env = value === undefined ? others : [...others, { name, value }];
    return;
  }
  const all = (
    type === RUNTIME ? inputs["environmentVariables"] : (inputs["environment"] as Inputs)["variables"]
  ) as Inputs;
  if (value === undefined) Reflect.deleteProperty(all, name);
  else all[name] = value;
}

const pods = (name: string, ...variable: Variable): Plan => told(TENANT, DEPLOYMENT, name, variable);
const functions = (name: string, ...variable: Variable): Plan => told(TENANT, FUNCTION, name, variable);
const runtimes = (name: string, ...variable: Variable): Plan => told(TENANT, RUNTIME, name, variable);
const keeper = (...variable: Variable): Plan => told(REGION, FUNCTION, "realm-keeper", variable);
const login = (...variable: Variable): Plan => told(REGION, FUNCTION, "keycloak-login", variable);

const heap = (value: string) => (inputs: Inputs) => {
  const { spec } = inputs as { spec: { template: { spec: { containers: { env: Inputs[] }[] } } } };
  spec.template.spec.containers[0]!.env = [{ name: "JAVA_OPTS_KC_HEAP", value }];
};
const catalogue = (text: string) => (inputs: Inputs) => {
  const { code } = inputs as { code: { assets: Record<string, Inputs> } };
  code.assets["catalogue.json"]!["text"] = text;
};

const missing = (of: string, name: string): string => `"${of}" must be given ${name}, which its code reads.`;
const wrong = (of: string, name: string): string => `"${of}" must be given ${name} as its code takes it.`;
const confused = (of: string, name: string): string =>
  `"${of}" must be given ${name} apart from what it has another name for.`;

/** The name of a table, or the URL of a queue, of the shipped stack. */
function output(type: string, name: string, key: string): string {
  return String(shipped(TENANT).resources.find((it) => it.type === type && it.name === name)?.outputs?.[key]);
}

const JOBS = output("aws:dynamodb/table:Table", "bff-b2b-jobs", "name");
const QUEUE = output("aws:sqs/queue:Queue", "bff-b2b-webhooks-wait", "url");

testRule(workloadsAreToldWhatTheyRead, {
  accepts: {
    "the shipped stack of a tenant": shipped(TENANT),
    "agents on AgentCore Runtime": shipped(RUNTIMES),
    "the shipped stack of a region": shipped(REGION),
    "a region without tenants": shipped("production.us-west-2"),
    "all traces": pods("bff-b2b", "OTEL_TRACES_SAMPLER_ARG", "1"),
    "two proxies": told(RUNTIMES, DEPLOYMENT, "bff-b2c", ["PROXIES", "2"]),
    "a variable that nobody knows": pods("bff-b2b", "PAGE_SIZE", "20"),
    "a shorter wait for connections": runtimes("mcp-database-v3", "DATABASE_ACQUIRE_TIMEOUT_MS", "5000"),
  },
  rejects: {
    "an agent without a bus": [
      pods("agent-data-transformer", "EVENT_BUS", undefined),
      missing("agent-data-transformer", "EVENT_BUS"),
    ],
    "an agent without a table of what it has heard": [
      pods("agent-data-transformer", "EVENTS_TABLE", undefined),
      missing("agent-data-transformer", "EVENTS_TABLE"),
    ],
    "an agent on AgentCore Runtime without an issuer": [
      told(RUNTIMES, RUNTIME, "agent-coordinator", ["ISSUER", undefined]),
      missing("agent-coordinator", "ISSUER"),
    ],
    "a BFF without a queue": [
      pods("bff-b2b", "WEBHOOKS_QUEUE_URL", undefined),
      missing("bff-b2b", "WEBHOOKS_QUEUE_URL"),
    ],
    "a BFF that cannot verify events": [
      pods("bff-b2b", "BFF_PUBLIC_KEYS", undefined),
      missing("bff-b2b", "BFF_PUBLIC_KEYS"),
    ],
    "hosts of webhooks that its pods do not reach": [
      pods("bff-b2b", "WEBHOOK_HOSTS", '["hooks.partner.example.com","elsewhere.example"]'),
      wrong("bff-b2b", "WEBHOOK_HOSTS"),
    ],
    "agents at addresses that are no list": [
      told(RUNTIMES, RUNTIME, "agent-coordinator", ["AGENT_URLS", "{}x"]),
      wrong("agent-coordinator", "AGENT_URLS"),
    ],
    "rules of orders that are not those of the data": [
      pods("bff-b2b", "ORDER_RULES", '{"mostLines":100}'),
      wrong("bff-b2b", "ORDER_RULES"),
    ],
    "hosts of webhooks that are no list": [pods("bff-b2b", "WEBHOOK_HOSTS", "{"), wrong("bff-b2b", "WEBHOOK_HOSTS")],
    "a BFF of consumers that knows no proxy": [
      told(RUNTIMES, DEPLOYMENT, "bff-b2c", ["PROXIES", undefined]),
      missing("bff-b2c", "PROXIES"),
    ],
    "spans that are of no release": [
      pods("bff-b2b", "OTEL_RESOURCE_ATTRIBUTES", undefined),
      missing("bff-b2b", "OTEL_RESOURCE_ATTRIBUTES"),
    ],
    "a server on AgentCore Runtime that sends its spans nowhere": [
      runtimes("mcp-files-v1", "OTEL_EXPORTER_OTLP_ENDPOINT", undefined),
      missing("mcp-files-v1", "OTEL_EXPORTER_OTLP_ENDPOINT"),
    ],
    "a server that sends its spans to another region": [
      runtimes("mcp-files-v1", "OTEL_EXPORTER_OTLP_ENDPOINT", "https://xray.eu-central-1.amazonaws.com"),
      wrong("mcp-files-v1", "OTEL_EXPORTER_OTLP_ENDPOINT"),
    ],
    "a server that sends its spans to a collector that it does not reach": [
      runtimes("mcp-files-v1", "OTEL_EXPORTER_OTLP_ENDPOINT", OTLP.endpoint),
      wrong("mcp-files-v1", "OTEL_EXPORTER_OTLP_ENDPOINT"),
    ],
    "a server that records traces without a share": [
      runtimes("mcp-files-v1", "OTEL_TRACES_SAMPLER_ARG", undefined),
      missing("mcp-files-v1", "OTEL_TRACES_SAMPLER_ARG"),
    ],
    "a BFF that sends its spans past the collector": [
      pods("bff-b2b", "OTEL_EXPORTER_OTLP_ENDPOINT", "https://xray.eu-west-1.amazonaws.com"),
      wrong("bff-b2b", "OTEL_EXPORTER_OTLP_ENDPOINT"),
    ],
    "a function that knows no tenant": [
      functions("token-claims", "TENANT_ID", undefined),
      missing("token-claims", "TENANT_ID"),
    ],
    "a rotation without a token endpoint": [
      functions("secret-rotation", "TOKEN_URL", undefined),
      missing("secret-rotation", "TOKEN_URL"),
    ],
    "a keeper without a client": [keeper("CLIENT_SECRET", undefined), missing("realm-keeper", "CLIENT_SECRET")],
    "a sampler that OpenTelemetry does not know": [
      pods("bff-b2b", "OTEL_TRACES_SAMPLER", "ratio"),
      wrong("bff-b2b", "OTEL_TRACES_SAMPLER"),
    ],
    "a share of traces that is none": [
      pods("bff-b2b", "OTEL_TRACES_SAMPLER_ARG", "half"),
      wrong("bff-b2b", "OTEL_TRACES_SAMPLER_ARG"),
    ],
    "another hosting than that of the agents": [
      pods("bff-b2b", "AGENT_HOSTING", "runtime"),
      wrong("bff-b2b", "AGENT_HOSTING"),
    ],
    "a pod that asks its callers for no token": [
      pods("agent-coordinator", "AGENT_HOSTING", "runtime"),
      wrong("agent-coordinator", "AGENT_HOSTING"),
    ],
    "a runtime that asks its callers for a token": [
      told(RUNTIMES, RUNTIME, "agent-coordinator", ["AGENT_HOSTING", "eks"]),
      wrong("agent-coordinator", "AGENT_HOSTING"),
    ],
    "an agent that does not say who verifies its callers": [
      pods("agent-coordinator", "AGENT_HOSTING", undefined),
      missing("agent-coordinator", "AGENT_HOSTING"),
    ],
    "an agent that calls what its stack does not declare": [
      told(RUNTIMES, RUNTIME, "agent-coordinator", ["AGENT_URLS", '{"customer-support":"https://elsewhere.example/"}']),
      wrong("agent-coordinator", "AGENT_URLS"),
    ],
    "no proxy": [told(RUNTIMES, DEPLOYMENT, "bff-b2c", ["PROXIES", "0"]), wrong("bff-b2c", "PROXIES")],
    "keys that are none": [
      pods("agent-coordinator", "BFF_PUBLIC_KEYS", "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"),
      wrong("agent-coordinator", "BFF_PUBLIC_KEYS"),
    ],
    "a document that nobody writes": [
      runtimes("mcp-development-v1", "CONTRACTS_KEY", "documents/other.json"),
      wrong("mcp-development-v1", "CONTRACTS_KEY"),
    ],
    "a folder that ends in no slash": [
      runtimes("mcp-files-v1", "FILES_PREFIX", "files"),
      wrong("mcp-files-v1", "FILES_PREFIX"),
    ],
    "a scope prefix that no gateway demands": [
      functions("interceptor-b2b", "SCOPE_PREFIX", `${TENANT}.agents`),
      wrong("interceptor-b2b", "SCOPE_PREFIX"),
    ],
    "a master secret of no database": [
      functions("database-setup", "DATABASE_MASTER_SECRET", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:x"),
      wrong("database-setup", "DATABASE_MASTER_SECRET"),
    ],
    "a keeper of no realm, where there are tenants": [keeper("REALMS", undefined), missing("realm-keeper", "REALMS")],
    "no call at a time": [
      pods("agent-coordinator", "GATEWAY_CONCURRENCY", "0"),
      wrong("agent-coordinator", "GATEWAY_CONCURRENCY"),
    ],
    "a server that does not wait for its database": [
      runtimes("mcp-database-v3", "DATABASE_ACQUIRE_TIMEOUT_MS", undefined),
      missing("mcp-database-v3", "DATABASE_ACQUIRE_TIMEOUT_MS"),
    ],
    "tokens of another kind of issuer": [
      functions("interceptor-internal", "ISSUER_PROFILE", "cognito"),
      wrong("interceptor-internal", "ISSUER_PROFILE"),
    ],
    "a scope that nobody has": [
      functions("interceptor-internal", "SCOPES", "mcp:read mcp:writes"),
      wrong("interceptor-internal", "SCOPES"),
    ],
    "a database that Keycloak does not name": [
      login("DATABASE_NAME", "other"),
      wrong("keycloak-login", "DATABASE_NAME"),
    ],
    "a heap that Java does not understand": [
      shippedWith(REGION, "kubernetes:apps/v1:StatefulSet", "keycloak", heap("-Xmx1400mx")),
      wrong("keycloak", "JAVA_OPTS_KC_HEAP"),
    ],
    "an interceptor without its catalogue": [
      shippedWith(TENANT, FUNCTION, "interceptor-internal", catalogue("{")),
      '"interceptor-internal" must be given the catalogue of its gateway\'s servers and tools.',
    ],
    "a catalogue without tools": [
      shippedWith(TENANT, FUNCTION, "interceptor-internal", catalogue('{"servers":{}}')),
      '"interceptor-internal" must be given the catalogue of its gateway\'s servers and tools.',
    ],
    "a realm of another region's tenant": [keeper("REALMS", "xyz-gmbh,acme-corp"), wrong("realm-keeper", "REALMS")],
    "a host that is not the administration's": [
      keeper("ADMIN_URL", "https://identity.eu-west-1.agents.example.com"),
      wrong("realm-keeper", "ADMIN_URL"),
    ],
    "a user as whom Keycloak does not log in": [
      login("DATABASE_USER", "keycloaks"),
      wrong("keycloak-login", "DATABASE_USER"),
    ],
    "two tables by one name": [pods("bff-b2b", "WEBHOOKS_TABLE", JOBS), confused("bff-b2b", "WEBHOOKS_TABLE")],
    "two queues by one URL": [pods("bff-b2b", "EVENTS_QUEUE_URL", QUEUE), confused("bff-b2b", "WEBHOOKS_QUEUE_URL")],
  },
});
