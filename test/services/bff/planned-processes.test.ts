import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterAll, describe, expect, it } from "vitest";
import { BFF_HEALTH_PATH } from "../../../contracts/bff/health.ts";
import { logLineSchema } from "../../../contracts/records/log-line.ts";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { admitPartner } from "../../../services/bff/b2b/partners/admission.ts";
import { PARTNER_SCOPES } from "../../../contracts/bff/partner-access.ts";
import { DynamoPartnerStore } from "../../../services/bff/b2b/partners/store/dynamo-partner-store.ts";
import { PARTNER_PATH } from "../../../services/bff/b2b/paths.ts";
import { digestKey } from "../../../services/bff/b2b/start-partner-bff.ts";
import { keyedTables } from "../../support/tables/keyed-tables.ts";
import { dataKeys } from "./data-keys.ts";
import { PartnerCloudConfig } from "../../../services/bff/b2b/config.ts";
import { ConsumerCloudConfig } from "../../../services/bff/b2c/config.ts";
import { builtBundle } from "../../../infra/artifacts/built-bundle.ts";
import { upToDateBundle } from "../../../tools/build/bundle.ts";
import { servicesOf } from "../../../tools/build/services.ts";
import { PROJECT } from "../../../tools/engine/folders.ts";
import { resourcesOfType, TENANTS } from "../../infra/plans.ts";

const CONFIGS = { "bff-b2b": PartnerCloudConfig, "bff-b2c": ConsumerCloudConfig } as const;

/** What OpenTelemetry reads by itself. */
const OF_OTHERS = "OTEL_";

interface Planned {
  readonly address: string;
  readonly service: keyof typeof CONFIGS;
  readonly variables: Readonly<Record<string, string>>;
}

interface Spec {
  readonly template: {
    readonly spec: {
      readonly containers: readonly { readonly env: readonly { readonly name: string; readonly value: string }[] }[];
    };
  };
}

/** The variables of every BFF of every stack, as Kubernetes would set them. */
const PLANNED: readonly Planned[] = TENANTS.flatMap((address) =>
  resourcesOfType(address, "kubernetes:apps/v1:Deployment").flatMap((resource) => {
    if (!Object.hasOwn(CONFIGS, resource.name)) return [];
    const { template } = resource.inputs["spec"] as Spec;
    const env = template.spec.containers.flatMap((container) => container.env);
    const variables = Object.fromEntries(env.map(({ name, value }) => [name, value]));
    return [{ address, service: resource.name as Planned["service"], variables }];
  }),
);

const ended: (() => Promise<unknown>)[] = [];
afterAll(() => Promise.all(ended.map((end) => end())));

describe.each(PLANNED)("$service of $address", ({ service, variables }) => {
  it("is told what its configuration asks for, and nothing that it does not know", () => {
    const schema = CONFIGS[service];
    expect(schema.safeParse(variables).error?.issues ?? []).toEqual([]);
    const unknown = Object.keys(variables).filter(
      (name) => !name.startsWith(OF_OTHERS) && !Object.hasOwn(schema.shape, name),
    );
    expect(unknown).toEqual([]);
  });
});

/** One stack of each environment and each BFF: what differs among the others are names. */
const STARTED = [...Map.groupBy(PLANNED, (it) => `${it.address.split(".")[0]} ${it.service}`).values()].flatMap(
  ([first]) => first ?? [],
);

describe("the bundle of a BFF is a process that", () => {
  it("there is one of in every environment that has such tenants", () => {
    expect(STARTED.map((it) => `${it.address.split(".")[0] ?? ""} ${it.service}`)).toEqual(
      expect.arrayContaining(["production bff-b2b", "production bff-b2c", "development bff-b2c"]),
    );
  });

  it.each(STARTED)("starts as $address plans $service, and is healthy without AWS", async (it) => {
    const port = await listening(it.service, it.variables);
    const health = await fetch(`http://127.0.0.1:${port}${BFF_HEALTH_PATH}`);
    expect(health.status).toBe(200);
    const asked = it.service === "bff-b2b" ? "/v1/openapi.json" : "/";
    // The chat page is in the image; what a partner asks needs the secret, which is not to be had here.
    expect((await fetch(`http://127.0.0.1:${port}${asked}`)).status).toBe(it.service === "bff-b2b" ? 503 : 200);
  });

  it("serves a partner's webhooks and batches beside the API, once its secret can be had", async () => {
    const planned = STARTED.find((it) => it.service === "bff-b2b");
    const variables = planned?.variables ?? {};
    const secret = Buffer.alloc(32, 7);
    const [keys, tables] = await Promise.all([dataKeys(secret), keyedTables()]);
    ended.push(keys.close, tables.close);
    const port = await listening("bff-b2b", variables, {
      AWS_ENDPOINT_URL_KMS: keys.url,
      AWS_ENDPOINT_URL_DYNAMODB: tables.url,
    });
    const key = await partnerKey(variables, secret, tables.url);
    const call = async (method: string, path: string) => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers: { "x-api-key": key } });
      return [answer.status, await answer.json()];
    };
    expect(await call("GET", PARTNER_PATH.batches)).toEqual([200, { items: [] }]);
    expect(await call("GET", `${PARTNER_PATH.webhooks}/endpoints`)).toEqual([200, { items: [] }]);
    expect(await call("POST", `${PARTNER_PATH.webhooks}/sources`)).toMatchObject([
      201,
      { id: expect.stringMatching(/^src_/) as string },
    ]);
    expect(await call("POST", `${PARTNER_PATH.incoming}/src_unknown`)).toMatchObject([401, {}]);
    expect((await call("GET", "/v1/openapi.json"))[0]).toBe(200);
  });

  it("does not start without its variables, and says which are missing", async () => {
    const { code, stderr } = await run("bff-b2b", { TENANT_ID: "acme-corp" });
    expect(code).not.toBe(0);
    expect(stderr).toContain("API_KEYS_TABLE");
    expect(stderr).toContain("CONTEXT_KEY_ARN");
  });
});

/** Nothing of AWS answers here. */
const NOWHERE = {
  AWS_ACCESS_KEY_ID: "none",
  AWS_SECRET_ACCESS_KEY: "none",
  AWS_ENDPOINT_URL: "http://127.0.0.1:9",
  AWS_ENDPOINT_URL_DYNAMODB: "http://127.0.0.1:9",
};

/** The API key of a partner that was admitted as an operator admits one. */
async function partnerKey(variables: Planned["variables"], secret: Buffer, endpoint: string): Promise<string> {
  const { TENANT_ID: tenant = "", API_KEYS_TABLE: table = "" } = variables;
  const credentials = { accessKeyId: "none", secretAccessKey: "none" };
  const client = new DynamoDBClient({ endpoint, region: "eu-west-1", credentials });
  const account = { id: "metal-works", name: "Metal works", customerId: "cus-1", tier: "basic" } as const;
  const store = new DynamoPartnerStore(tenant, { client, table });
  return (await admitPartner(store, digestKey(tenant, secret), { account, scopes: PARTNER_SCOPES })).key;
}

async function processOf(service: string, variables: Planned["variables"], more: Planned["variables"] = {}) {
  const { files } = await built(service);
  const main = files["index.mjs"];
  if (main === undefined) throw new TypeError(`${service} has no index.mjs`);
  const child = spawn(process.execPath, [main], {
    env: { ...variables, ...NOWHERE, PORT: "0", ...more },
    stdio: ["ignore", "pipe", "pipe"],
  });
  ended.push(async () => {
    if (child.exitCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  });
  return child;
}

async function listening(
  service: string,
  variables: Planned["variables"],
  more: Planned["variables"] = {},
): Promise<number> {
  const child = await processOf(service, variables, more);
  for await (const line of createInterface(child.stdout)) {
    const said = logLineSchema.parse(JSON.parse(line));
    expect(said.component).toBe(service);
    const port = said.details?.["port"];
    if (typeof port === "number") return port;
  }
  throw new Error(`${service} ended before it listened`);
}

async function run(service: string, variables: Planned["variables"]) {
  const child = await processOf(service, variables);
  let stderr = "";
  child.stderr.on("data", (bytes: Buffer) => (stderr += bytes.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stderr };
}

/** The bundle of what the sources say now: `npm run build` may not have run since. */
async function built(name: string) {
  const service = servicesOf(PROJECT).find((it) => it.name === name);
  if (service === undefined) throw new TypeError(`there is no service ${name}`);
  await upToDateBundle(service, PROJECT);
  return builtBundle(name, PROJECT);
}
