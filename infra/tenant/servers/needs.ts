import * as pulumi from "@pulumi/pulumi";
import { API_BACKENDS } from "../../../environments/api-backends.ts";
import type { McpServerNeeds } from "../../../components/compute/mcp-server.ts";
import type { Gateway } from "../../../components/gateway/gateway.ts";
import type { Statement } from "../../../components/identity/policy-document.ts";
import type { ApiIntegrationEnvironment } from "../../../services/mcp/api-integration/config.ts";
import type { DatabaseEnvironment } from "../../../services/mcp/database/config.ts";
import type { DevelopmentEnvironment } from "../../../services/mcp/development/config.ts";
import type { FilesEnvironment } from "../../../services/mcp/files/config.ts";
import type { HostEnvironment } from "../../../services/libraries/mcp-host/config.ts";
import { type Inputs, variables } from "../../artifacts/service-environment.ts";
import type { Baseline } from "../foundation.ts";
import type { TenantSite } from "../context.ts";

/** The user of the database as which its server logs in. */
const DATABASE_USER = "mcp_database";

/** Where the tenant's bucket has the tenant's files, and what a deployment says of itself. */
const FILES = "files/";
const DOCUMENTS = "documents/";

/** What a server's needs are told from. */
export interface ServerSite {
  readonly site: TenantSite;
  readonly baseline: Baseline;
  readonly host: Inputs<HostEnvironment>;
  /** What the server's contract says that it calls. */
  readonly awsCalls: readonly string[];
  /** Ids of the runtimes that exist so far, by server and major. */
  readonly runtimes: Readonly<Record<string, pulumi.Output<string>>>;
}

/** What the server of a service needs: its variables by the type of its own configuration, and grants of exactly what it calls. */
export function needsOf(service: string, at: ServerSite): McpServerNeeds {
  const needs = Object.hasOwn(NEEDS, service) ? NEEDS[service] : undefined;
  if (needs === undefined)
    throw new TypeError(`infra/tenant/servers/needs.ts must say what the server "${service}" is given`);
  return needs(at);
}

const NEEDS: Readonly<Record<string, (at: ServerSite) => McpServerNeeds>> = {
  database: (at) => {
    const { database, setup } = at.baseline.data;
    const environment: Inputs<DatabaseEnvironment> = {
      ...at.host,
      DATABASE_AUTH: "iam",
      AWS_REGION: at.site.place.region,
      DATABASE_HOST: database.host,
      DATABASE_PORT: String(database.port),
      DATABASE_NAME: database.databaseName,
      DATABASE_USER,
      DATABASE_SECRET: setup.keysArn,
      // Whoever comes first after a pause waits until the database is awake.
      DATABASE_ACQUIRE_TIMEOUT_MS: "25000",
    };
    requireOnly(at, ["rds-db:connect"]);
    return {
      environment: variables(environment),
      grants: [
        (name, role) => setup.grantKeys(name, role),
        (name, role) => database.grantConnect(name, role, DATABASE_USER),
      ],
      groupIds: [database.clientGroupId],
    };
  },

  "api-integration": (at) => {
    const { credentials } = at.baseline.data;
    const environment: Inputs<ApiIntegrationEnvironment> = { ...at.host, BACKENDS: JSON.stringify(backends(at)) };
    requireOnly(at, ["secretsmanager:GetSecretValue"]);
    return {
      environment: variables(environment),
      grants: [(name, role) => credentials.grantRead(name, role)],
      reachesInternet: true,
    };
  },

  files: (at) => {
    const { bucket } = at.baseline.data;
    const environment: Inputs<FilesEnvironment> = {
      ...at.host,
      AWS_REGION: at.site.place.region,
      FILES_BUCKET: bucket.bucketName,
      FILES_BUCKET_OWNER: at.site.place.account,
      FILES_PREFIX: FILES,
      FILES_KMS_KEY_ARN: at.baseline.key.arn,
    };
    return {
      environment: variables(environment),
      grants: [(name, role) => bucket.grantCalls(name, role, FILES, callsOf(at, ["s3", "kms"]))],
    };
  },

  development: (at) => {
    const { bucket } = at.baseline.data;
    const environment: Inputs<DevelopmentEnvironment> = {
      ...at.host,
      AWS_REGION: at.site.place.region,
      LOG_GROUPS: JSON.stringify(logGroups(at)),
      GATEWAYS: pulumi.jsonStringify(ofGateways(at, (it) => it.id)),
      RUNTIMES: pulumi.jsonStringify(at.runtimes),
      DOCUMENTS_BUCKET: bucket.bucketName,
      CONTRACTS_KEY: `${DOCUMENTS}contracts.json`,
      PREMISE_REPORT_KEY: `${DOCUMENTS}premises.json`,
    };
    return {
      environment: variables(environment),
      grants: [(name, role) => bucket.grantCalls(name, role, DOCUMENTS, callsOf(at, ["s3", "kms"]))],
      statements: statementsOf(at),
    };
  },
};

/** The calls of a contract to these AWS services. */
function callsOf({ awsCalls }: ServerSite, services: readonly string[]): readonly string[] {
  return awsCalls.filter((it) => services.includes(it.split(":", 1)[0] ?? ""));
}

/** A server that begins to call something else needs another grant, too. */
function requireOnly({ awsCalls }: ServerSite, known: readonly string[]): void {
  const unknown = awsCalls.filter((it) => !known.includes(it));
  if (unknown.length > 0) throw new TypeError(`nothing grants ${unknown.join(", ")}`);
}

interface Backend {
  readonly baseUrl: string;
  readonly secretName?: string;
}

function backends({ site, baseline }: ServerSite): Readonly<Record<string, Backend>> {
  const { domain } = site.address.environment;
  const { credentials } = baseline.data;
  return Object.fromEntries(
    Object.entries(API_BACKENDS).map(([api, { host, hasCredential }]) => [
      api,
      { baseUrl: `https://${host}.${domain}`, ...(hasCredential && { secretName: credentials.secretName(api) }) },
    ]),
  );
}

function logGroups({ baseline }: ServerSite): Readonly<Record<string, string>> {
  const interceptors = baseline.gateways.map(({ gateway, interceptor }) => [
    `interceptor-${gateway.scenario}`,
    interceptor.logGroupName,
  ]);
  return Object.fromEntries([["servers", baseline.logs.groupName], ...interceptors]) as Record<string, string>;
}

function ofGateways<T>({ baseline }: ServerSite, of: (it: Gateway) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(baseline.gateways.map(({ gateway }) => [gateway.scenario, of(gateway)]));
}

/** What a server may look at that no component of the tenant's stands for. */
function statementsOf(at: ServerSite): readonly Statement[] {
  const { account, region } = at.site.place;
  const groups = Object.values(logGroups(at)).map((it) => `arn:aws:logs:${region}:${account}:log-group:${it}:*`);
  const runtimes = Object.values(at.runtimes).map(
    (it) => pulumi.interpolate`arn:aws:bedrock-agentcore:${region}:${account}:runtime/${it}`,
  );
  const gateways = Object.values(ofGateways(at, (it) => it.arn));
  const agentcore = callsOf(at, ["bedrock-agentcore"]);
  const isOfGateways = (it: string): boolean => it.includes("Gateway");
  const statements = [
    { Effect: "Allow", Action: callsOf(at, ["logs"]), Resource: groups },
    // X-Ray knows no resources.
    { Effect: "Allow", Action: callsOf(at, ["xray"]), Resource: "*" },
    { Effect: "Allow", Action: agentcore.filter(isOfGateways), Resource: gateways },
    { Effect: "Allow", Action: agentcore.filter((it) => !isOfGateways(it)), Resource: runtimes },
  ] as const;
  return statements.filter(({ Action }) => Action.length > 0);
}
