import { bffIssuer } from "../../../contracts/agents/identity.ts";
import { isRecord, recordIn } from "../../../contracts/json.ts";
import { KIND, LABEL, TAG } from "../../../contracts/tags.ts";
import { candidates } from "../../engine/lookup.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { some } from "../../engine/three-values.ts";
import { clientsOf } from "../identity/named-clients.ts";
import { tokenEndpointOf, USER_POOL_DOMAIN } from "../identity/token-endpoint.ts";
import { byOutput, outputsOf, refersTo } from "../reference.ts";
import { TYPE } from "../resource-types.ts";
import { areBackends } from "./backends.ts";
import { isObjectText } from "./object-text.ts";
import { inputOfSettings } from "../workloads.ts";

/** Whether a setting of a workload has the value that the stack gives it. */
export type Check = (text: string, of: ResourceView, stack: StackIndex) => boolean;

const is =
  (expected: (of: ResourceView, stack: StackIndex) => string | undefined): Check =>
  (text, of, stack) =>
    text === expected(of, stack);

/** A name by which one of the stack's own resources is known. */
const names =
  (type: string, output: string): Check =>
  (text, of, stack) =>
    refersTo({ of, input: inputOfSettings(of), read: () => text }, byOutput(type, output), stack);

/** Every text in a JSON object, or every member with the key of the objects in it, is such a name. */
const each =
  (check: Check, key?: string): Check =>
  (text, of, stack) => {
    const members = Object.values(recordIn(text));
    const texts = key === undefined ? members : members.flatMap((it) => (isRecord(it) ? (it[key] ?? []) : [false]));
    return members.length > 0 && texts.every((it) => typeof it === "string" && check(it, of, stack));
  };

const both =
  (one: Check, other: Check): Check =>
  (...it) =>
    one(...it) && other(...it);

const versionOf = (of: ResourceView): string | undefined => of.tag(TAG.version) ?? of.label(LABEL.version);
const serviceOf = (of: ResourceView): string | undefined => of.tag(TAG.service) ?? of.label(LABEL.name);

/** Something of the stack says the text among these. */
const isAmong = (types: readonly string[], textsOf: (it: ResourceView) => readonly (string | undefined)[]): Check => {
  const saying = candidates(types, textsOf);
  return (text, _, stack) =>
    some(
      saying(stack, () => text),
      (it) => textsOf(it).includes(text),
    );
};

const AUTHORIZER = "authorizerConfiguration.customJwtAuthorizer";

/** The issuer of the tokens that a gateway of the stack takes, from the address of its metadata. */
const isTrusted = isAmong([TYPE.gateway], (it) => [
  /^(.*)\/\.well-known\/openid-configuration$/s.exec(it.text(`${AUTHORIZER}.discoveryUrl`) ?? "")?.[1],
]);

const isAudience = isAmong([TYPE.gateway], (it) => it.texts(`${AUTHORIZER}.allowedAudiences`));

/** For which gateway of the stack an interceptor works. */
const isScenario = isAmong([TYPE.gateway], (it) => [it.tag(TAG.scenario)]);

/** Where keys are fetched: at an issuer that is trusted. */
const isKeysOfTrusted: Check = (text, of, stack) =>
  some(["/protocol/openid-connect/certs", "/.well-known/jwks.json"], (end) => {
    return text.endsWith(end) && isTrusted(text.slice(0, -end.length), of, stack);
  });

const isTokenEndpoint = isAmong([USER_POOL_DOMAIN], (it) => [tokenEndpointOf(it)]);

const inDatabase = (input: string): Check =>
  isAmong([TYPE.database], (it) => [String(it.at(input) ?? outputsOf(it).at(input))]);

/** Who signs the context tokens: a BFF for itself and for agents, the interceptor for servers. */
const contextIssuerOf = (of: ResourceView, stack: StackIndex): string =>
  of.label(LABEL.kind) === KIND.bff ? bffIssuer(stack.tenant ?? "") : `urn:alicerce:interceptor:${stack.name}`;

/** Where agents are: a Service of the stack, by its name in the same namespace, or a runtime. */
const isAgentAddress: Check = (text, of, stack) => {
  const [, service] = /^http:\/\/([a-z0-9-]+):9000$/.exec(text) ?? [];
  if (service === undefined) return names(TYPE.runtime, "agentRuntimeArn")(text, of, stack);
  return isService(service, of, stack);
};

const isService = isAmong(["kubernetes:core/v1:Service"], (it) => [it.text("metadata.name")]);

/** The host of the BFF itself: its tenant's, for the scenario in its name. */
const isOwnUrl: Check = (text, of, { tenant, residency, address }) => {
  const scenario = serviceOf(of)?.replace(/^bff-/, "");
  return text === `https://${[tenant, scenario, residency, address.environment.domain].join(".")}`;
};

/** The scope of the agents, of a resource server of the stack. */
const isScope = isAmong(["aws:cognito/resourceServer:ResourceServer"], (it) =>
  it.list("scopes").map((scope) => `${it.text("identifier") ?? ""}/${scope.text("scopeName") ?? ""}`),
);

/** Whom a gateway lets call for others: clients of the stack that are the agents as which they are named. */
const isAgents: Check = (text, of, stack) =>
  isObjectText(text) &&
  Object.entries(recordIn(text)).every(([id, entry]) => {
    const name = `agent-${String(isRecord(entry) ? entry["agent"] : undefined)}`;
    return clientsOf(id, of, stack).some((it) => it.text("name") === name);
  });

const SECRET = names(TYPE.secret, "arn");
const BUCKET = names(TYPE.bucket, "bucket");
const QUEUE = "aws:sqs/queue:Queue";

/** The settings that the platform's services know, and what each must be in a tenant's stack. */
export const SETTINGS: Readonly<Record<string, Check>> = {
  A2A_SCOPE: isScope,
  APIS_BUCKET: BUCKET,
  AGENT_CLIENTS: isAgents,
  AGENTS: each(isAgentAddress),
  API_KEYS_TABLE: names(TYPE.table, "name"),
  AUDIENCE: isAudience,
  AWS_REGION: is((_, { region }) => region),
  BFF_ISSUER: is((_, { tenant }) => bffIssuer(tenant ?? "")),
  BACKENDS: both(areBackends, each(names(TYPE.secret, "name"), "secretName")),
  CANARY_GATEWAY_URL: names(TYPE.gateway, "gatewayUrl"),
  CLIENT_ID: (text, of, stack) => clientsOf(text, of, stack).length > 0,
  CLIENT_SECRET_ARN: SECRET,
  CONTEXT_ISSUER: is(contextIssuerOf),
  CONTEXT_KEY_ARN: names(TYPE.key, "arn"),
  DATA_KEY_ARN: names(TYPE.key, "arn"),
  DATABASE_HOST: inDatabase("endpoint"),
  DATABASE_NAME: inDatabase("databaseName"),
  DATABASE_PORT: inDatabase("port"),
  DATABASE_SECRET: SECRET,
  DEPLOYMENT_ENV: is((_, { address }) => address.environment.name),
  DOCUMENTS_BUCKET: BUCKET,
  EVENTS_QUEUE_URL: names(QUEUE, "url"),
  EVENTS_TABLE: names(TYPE.table, "name"),
  EVENT_BUS: names("aws:cloudwatch/eventBus:EventBus", "name"),
  FILES_BUCKET: BUCKET,
  FILES_BUCKET_OWNER: is((_, { address }) => address.environment.account),
  FILES_KMS_KEY_ARN: names(TYPE.key, "arn"),
  GATEWAYS: each(names(TYPE.gateway, "gatewayId")),
  GATEWAY_URL: each(names(TYPE.gateway, "gatewayUrl")),
  IDEMPOTENCY_TABLE: names(TYPE.table, "name"),
  ISSUER: isTrusted,
  JOBS_TABLE: names(TYPE.table, "name"),
  JWKS_URL: isKeysOfTrusted,
  LOG_LEVEL: is((_, { address }) => address.environment.logLevel ?? "INFO"),
  LOG_GROUPS: each(names(TYPE.logGroup, "name")),
  OTEL_RESOURCE_ATTRIBUTES: is((of) => `service.version=${versionOf(of) ?? ""}`),
  OTEL_SERVICE_NAME: is(serviceOf),
  PARTNERS_TOKEN_URL: isTokenEndpoint,
  PUBLIC_URL: isOwnUrl,
  RUNTIMES: each(names(TYPE.runtime, "agentRuntimeId")),
  SCENARIO: isScenario,
  SERVER_VERSION: is(versionOf),
  SESSIONS_TABLE: names(TYPE.table, "name"),
  TASKS_TABLE: names(TYPE.table, "name"),
  TENANT_ID: is((_, { tenant }) => tenant),
  TENANT_TABLE: names(TYPE.table, "name"),
  TOKEN_FUNCTION: names(TYPE.function, "name"),
  TOKEN_URL: isTokenEndpoint,
  UPLOADS_BUCKET: BUCKET,
  USER_POOL_ID: names(TYPE.userPool, "id"),
  WEBHOOKS_QUEUE_URL: names(QUEUE, "url"),
  WEBHOOKS_TABLE: names(TYPE.table, "name"),
};

/** Settings without which a service does not start, and that come together: one of them is the sign that the others must be there. */
export const TOGETHER: readonly (readonly string[])[] = [
  ["CONTEXT_PUBLIC_KEYS", "CONTEXT_ISSUER", "TENANT_ID", "SERVER_VERSION", "OTEL_SERVICE_NAME", "ALLOWED_HOSTS"],
  ["CONTEXT_KEY_ARN", "CONTEXT_ISSUER", "TENANT_ID", "TENANT_TABLE", "SCENARIO", "SCOPES"],
  ["CONTEXT_KEY_ARN", "ISSUER", "JWKS_URL", "ISSUER_PROFILE"],
  ["ISSUER_PROFILE", "SCENARIO", "SCOPES", "DEPLOYMENT_ENV"],
  ["CLIENTS", "SCOPE_PREFIX", "AGENT_CLIENTS", "BFF_PUBLIC_KEYS"],
  ["CLIENT_ID", "CLIENT_SECRET_ARN", "TOKEN_URL"],
  ["DATABASE_HOST", "DATABASE_NAME", "DATABASE_PORT", "DATABASE_SECRET"],
  ["DATABASE_USER", "DATABASE_AUTH", "DATABASE_HOST", "AWS_REGION"],
  ["FILES_BUCKET", "FILES_BUCKET_OWNER", "FILES_KMS_KEY_ARN", "FILES_PREFIX", "AWS_REGION"],
  ["LOG_GROUPS", "GATEWAYS", "RUNTIMES", "CONTRACTS_KEY", "DOCUMENTS_BUCKET", "PREMISE_REPORT_KEY"],
  [
    ...["MODEL_ID", "GATEWAY_URL", "TOKEN_FUNCTION", "TENANT_ID", "AWS_REGION", "OTEL_SERVICE_NAME"],
    ...["A2A_SCOPE", "BFF_ISSUER"],
  ],
  ["BFF_ISSUER", "BFF_PUBLIC_KEYS", "A2A_SCOPE"],
  ["API_KEYS_TABLE", "DATA_KEY_ARN", "CLIENT_ID", "PARTNERS_TOKEN_URL"],
  ["PUBLIC_URL", "AGENTS", "CONTEXT_KEY_ARN", "CONTEXT_ISSUER", "TOKEN_FUNCTION", "ISSUER", "IDEMPOTENCY_TABLE"],
];
