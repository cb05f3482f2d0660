import { createHash } from "node:crypto";
import { isRecord, recordIn } from "../../../contracts/json.ts";
import { OTLP, spansEndpoint } from "../../../contracts/records/container-logs.ts";
import { SCOPES } from "../../../contracts/scopes.ts";
import { KIND, LABEL } from "../../../contracts/tags.ts";
import { tenantRegions } from "../../../environments/address.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { some } from "../../engine/three-values.ts";
import { identityServers, optionOf } from "../identity/identity-server.ts";
import { byOutput, refersTo } from "../reference.ts";
import { TYPE } from "../resource-types.ts";
import { isObjectText } from "./object-text.ts";
import { arePartners, areProviders, areToldProviders } from "./outside-identities.ts";
import type { Check } from "./settings.ts";
import { inputOfSettings, settingsOf } from "../workloads.ts";

/** One public key: whoever is given two believes a second signer. */
const KEY = /^-----BEGIN PUBLIC KEY-----\n(?:[\w+/=]+\n)+-----END PUBLIC KEY-----\n?$/;
const BUCKET_OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2";
const RESOURCE_SERVER = "aws:cognito/resourceServer:ResourceServer";

const like =
  (form: RegExp): Check =>
  (text) =>
    form.test(text);

const names =
  (type: string, ...outputs: readonly string[]): Check =>
  (text, of, stack) =>
    refersTo({ of, input: inputOfSettings(of), read: () => text }, byOutput(type, ...outputs), stack);

/** Where an agent itself runs; of a BFF, which kind of address its agents have. A pod that believed AWS to have verified its callers would take any. */
const isHosting: Check = (text, of) => {
  if (of.label(LABEL.kind) !== KIND.bff) return text === (of.type === TYPE.runtime ? "runtime" : "eks");
  const agents = Object.values(recordIn(settingOf(of, "AGENTS") ?? "{}"));
  const isOfRuntimes = agents.every((it) => typeof it === "string" && it.startsWith("arn:"));
  return agents.length > 0 && text === (isOfRuntimes ? "runtime" : "eks");
};

/** Where an agent finds those that it calls: runtimes of the stack. */
const areRuntimes: Check = (text, of, stack) =>
  isObjectText(text) &&
  Object.values(recordIn(text)).every(
    (it) => typeof it === "string" && names(TYPE.runtime, "agentRuntimeArn")(it, of, stack),
  );

/** The option of an identity server of the stack, with what stands before it there. */
const isOption =
  (option: string): Check =>
  (text, _, stack) =>
    some(
      stack.ofType(...identityServers.types),
      (it) => identityServers.where?.(it, stack) === true && optionOf(it, option) === text,
    );

/** The names of realms, which are those of tenants that the region serves. */
const areRealms: Check = (text, _, { address }) => {
  if (address.layer === "environment") return false;
  const { tenants } = address.environment;
  return text.split(",").every((it) => {
    const tenant = Object.hasOwn(tenants, it) ? tenants[it] : undefined;
    return tenant !== undefined && tenantRegions(tenant).includes(address.region);
  });
};

/** What comes before the scopes that a gateway of the stack demands; of a BFF, before those of its partners. */
const isScopePrefix: Check = (text, of, stack) =>
  of.label(LABEL.kind) === KIND.bff
    ? text === `${stack.name}.partners` && isOfServer(text, of, stack)
    : isOfGateway(text, of, stack);

const isOfServer = names(RESOURCE_SERVER, "identifier");

const isOfGateway: Check = (text, of, stack) =>
  isOfServer(text, of, stack) &&
  some(stack.ofType(TYPE.gateway), (it) =>
    it.texts("authorizerConfiguration.customJwtAuthorizer.allowedScopes").some((scope) => scope.startsWith(`${text}/`)),
  );

/** The user of the database as which an identity server logs in; a server's own is named in a grant, which another proof reads. */
const isUser: Check = (text, of, stack) => stack.tenant !== undefined || isOption("db-username")(text, of, stack);

/** The hosts of webhooks are those of the tenant in the environment's data: pods reach no other. */
const areWebhookHosts: Check = (text, _, { address }) =>
  address.layer === "tenant" && text === JSON.stringify(address.tenant.webhookHosts ?? []);

/** What the tenant takes of its partners' orders, as the environment's data say. */
const areOrderRules: Check = (text, _, { address }) =>
  address.layer === "tenant" && text === JSON.stringify(address.tenant.orderRules ?? {});

/** Scopes that there are, as a gateway's tokens have them after their prefix. */
const areScopes: Check = (text) => text.split(/[\s,]+/).every((it) => SCOPES.some((one) => one === it));

/** Where spans are sent: on Amazon EKS to the collector of the cluster, on AgentCore Runtime to X-Ray of the stack's region. */
const isSpansEndpoint: Check = (text, of, { region }) =>
  text === (of.type === TYPE.runtime ? spansEndpoint(region ?? "") : OTLP.endpoint);

/** How an issuer writes its tokens: a realm of Keycloak, or a pool of Amazon Cognito. */
const isProfile: Check = (text, of) => {
  const issuer = settingOf(of, "ISSUER") ?? "";
  return text === (issuer.includes("/realms/") ? "keycloak" : "cognito") || issuer === "";
};

/** A database that the stack has, which an identity server of the stack names in its address, unless the stack is a tenant's. */
const isDatabase: Check = (text, _, stack) =>
  some(stack.ofType(TYPE.database), (it) => it.text("databaseName") === text) &&
  (stack.tenant !== undefined ||
    some(stack.ofType(...identityServers.types), (it) =>
      new RegExp(`^jdbc:[^?]+/${text}(?:\\?|$)`).test(optionOf(it, "db-url") ?? ""),
    ));

/** The digest of the object of which the server is told, which has the APIs of the stack's tenant and no others. */
const isOfOwnApis: Check = (text, of, stack) =>
  some(stack.ofType(BUCKET_OBJECT), (it) => {
    if (it.text("key") !== settingOf(of, "APIS_KEY")) return false;
    const content = it.text("content") ?? "";
    const { apis } = recordIn(content);
    const { address } = stack;
    const own = address.layer === "tenant" ? Object.keys(address.tenant.apis ?? {}) : [];
    const listed = Array.isArray(apis) ? apis.map((one: unknown) => (isRecord(one) ? one["name"] : one)) : [];
    return (
      createHash("sha256").update(content).digest("hex") === text && JSON.stringify(listed) === JSON.stringify(own)
    );
  });

/** What settings must be, beside those of which `settings.ts` says it: forms, and names of what the stack declares. */
export const FORMS: Readonly<Record<string, Check>> = {
  ADMIN_URL: isOption("hostname-admin"),
  AGENT_HOSTING: isHosting,
  AGENT_URLS: areRuntimes,
  APIS_DIGEST: isOfOwnApis,
  APIS_KEY: names(BUCKET_OBJECT, "key"),
  ALLOWED_HOSTS: like(/^127\.0\.0\.1,localhost$/),
  BFF_PUBLIC_KEYS: like(KEY),
  CLIENT_SECRET: names(TYPE.secret, "arn"),
  CONTEXT_PUBLIC_KEYS: like(KEY),
  CONTRACTS_KEY: names(BUCKET_OBJECT, "key"),
  DATABASE_ACQUIRE_TIMEOUT_MS: like(/^[1-9]\d{0,4}$/),
  DATABASE_AUTH: like(/^iam$/),
  DATABASE_MASTER_SECRET: names(TYPE.database, "masterUserSecrets.0.secretArn"),
  DATABASE_NAME: isDatabase,
  DATABASE_USER: isUser,
  FILES_PREFIX: like(/^(?:[\w-]+\/)+$/),
  GATEWAY_CONCURRENCY: like(/^[1-9]\d{0,3}$/),
  ISSUER_PROFILE: isProfile,
  JAVA_OPTS_KC_HEAP: like(/^-Xms\d+m -Xmx\d+m$/),
  ORDER_RULES: areOrderRules,
  OTEL_EXPORTER_OTLP_ENDPOINT: isSpansEndpoint,
  OTEL_TRACES_SAMPLER: like(/^(?:parentbased_)?(?:always_on|traceidratio)$/),
  OTEL_TRACES_SAMPLER_ARG: (text) => Number(text) > 0 && Number(text) <= 1,
  PARTNER_CLIENTS: arePartners,
  PREMISE_REPORT_KEY: like(/^documents\/premises\.json$/),
  PROVIDERS: areToldProviders,
  PROXIES: like(/^[1-5]$/),
  REALMS: areRealms,
  SCOPES: areScopes,
  SCOPE_PREFIX: isScopePrefix,
  SIGN_IN_PROVIDERS: areProviders,
  WEBHOOK_HOSTS: areWebhookHosts,
};

/** Settings that each name a store, a queue or a key of its own: two of them that name the same one mix up what they keep. */
export const OF_ITS_OWN = /_(?:TABLE|QUEUE_URL|BUCKET|KEY_ARN)$/;

/** The names of the settings that name the same thing as another one of the workload. */
export function confusedSettings(it: ResourceView): readonly string[] {
  const own = settingsOf(it).filter(({ name }) => OF_ITS_OWN.test(name));
  const values = own.map(({ name, read }) => ({ name, value: read() }));
  return values
    .filter(({ name, value }) => values.some((other) => other.name < name && other.value === value))
    .map(({ name }) => name);
}

function settingOf(it: ResourceView, name: string): string | undefined {
  return settingsOf(it)
    .find((one) => one.name === name)
    ?.read();
}
