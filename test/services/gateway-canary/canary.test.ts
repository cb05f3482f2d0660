import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { METRICS } from "../../../contracts/records/metrics.ts";
import {
  type MachineIssuers,
  startMachinesIssuer,
} from "../../../sandbox/data-plane/identity/cognito/machines-issuer.ts";
import { plannedPool } from "../../../sandbox/data-plane/identity/cognito/planned-pool.ts";
import type { PoolClient } from "../../../sandbox/data-plane/identity/cognito/pool-clients.ts";
import { canary } from "../../../services/gateway-canary/canary.ts";
import { serviceLog } from "../../../services/libraries/service-kit/log.ts";
import { poolPlan } from "../../sandbox/data-plane/identity/planned-tenants.ts";
import { whole, type Whole } from "../../sandbox/data-plane/gateway/fixture.ts";
import { LambdaProcess } from "../../support/lambda-process.ts";
import { type SecretServer, secretServer } from "../agent-token/secret-server.ts";
import { acme, token } from "../gateway-interceptor/fixture.ts";
import type { Claims } from "../../support/issuer.ts";

const HANDLER = fileURLToPath(new URL("../../../services/gateway-canary/handler.ts", import.meta.url));
const NOBODY = "http://127.0.0.1:9/mcp";

type Line = Readonly<Record<string, unknown>>;

let gateway: Whole;
beforeAll(async () => {
  gateway = await whole();
});
afterAll(async () => {
  await gateway.stop();
});

/** Tries a gateway some times with the tokens of the claims; answers with what was measured, what was logged, and how many tokens were issued. */
async function tried(url: string, claims: Claims = {}, times = 1) {
  const measured: Line[] = [];
  const logged: string[] = [];
  let tokens = 0;
  const run = canary({
    url: new URL(url),
    askToken: async () => {
      tokens += 1;
      return { access_token: await token(claims), expires_in: 900, token_type: "Bearer" };
    },
    dimensions: { tenant: "acme-corp", scenario: "b2b", environment: "production" },
    write: (line) => measured.push(JSON.parse(line) as Line),
    log: serviceLog("gateway-canary", { write: (line) => logged.push(line) }),
    now: Date.now,
  });
  for (let time = 0; time < times; time += 1) await run();
  return { measured, logged: logged.join(""), tokens };
}

const answersIn = (measured: readonly Line[]): readonly unknown[] =>
  measured.filter((it) => "Answered" in it).map((it) => it["Answered"]);

describe("the canary of a gateway", () => {
  it("gets a token and lists the tools, and measures that and how long it took", async () => {
    const { measured, logged } = await tried(gateway.url);
    expect(answersIn(measured)).toEqual([1]);
    expect(logged).toBe("");
    expect(measured.map((it) => Object.keys(it).find((key) => key in METRICS["Alicerce/Canary"]))).toEqual([
      "TokenLatency",
      "ListLatency",
      "Answered",
    ]);
    expect(measured[2]).toMatchObject({
      _aws: {
        CloudWatchMetrics: [{ Namespace: "Alicerce/Canary", Dimensions: [["tenant", "scenario"], ["environment"]] }],
      },
      tenant: "acme-corp",
      scenario: "b2b",
      environment: "production",
    });
  });

  it("keeps its token, and asks the gateway anew each time", async () => {
    const before = gateway.interception.lines.length;
    const { measured, tokens } = await tried(gateway.url, {}, 3);
    expect(tokens).toBe(1);
    expect(answersIn(measured)).toEqual([1, 1, 1]);
    const calls = gateway.interception.lines
      .slice(before)
      .filter((line) => JSON.stringify(line).includes("tools/list"));
    expect(calls.length).toBeGreaterThanOrEqual(3);
  });

  it.each<[string, () => ReturnType<typeof tried>]>([
    ["does not answer", () => tried(NOBODY)],
    ["refuses the tenant", () => tried(gateway.url, { tenant_id: "xyz-gmbh" })],
    ["refuses the client", () => tried(gateway.url, { client_id: "another" })],
  ])("measures that there was no answer of a gateway that %s, and does not throw", async (_, run) => {
    const { measured, logged } = await run();
    expect(answersIn(measured)).toEqual([0]);
    expect(measured.some((it) => "ListLatency" in it)).toBe(false);
    expect(logged).toContain("gateway_does_not_list_its_tools");
  });

  it("is content with a gateway that refuses a suspended tenant, as it must", async () => {
    const refusing = await whole({ tenant: { ...acme, status: "suspended" } });
    const { measured, logged } = await tried(refusing.url);
    await refusing.stop();
    expect(answersIn(measured)).toEqual([1]);
    expect(logged).toBe("");
  });

  it("says no word of its token", async () => {
    const { logged } = await tried(gateway.url, { client_id: "another" });
    expect(logged).not.toContain("eyJ");
  });
});

describe("the function", () => {
  let issuers: MachineIssuers;
  let secret: SecretServer;
  let environment: Readonly<Record<string, string>>;
  beforeAll(async () => {
    issuers = await startMachinesIssuer({ pools: [plannedPool(await poolPlan("acme-corp"))] });
    const pool = issuers.poolOf("acme-corp");
    const [own] = pool.clients as [PoolClient];
    secret = await secretServer(JSON.stringify({ clientSecret: own.clientSecret, clientSecretId: "example--1" }));
    environment = {
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secret.url,
      CANARY_GATEWAY_URL: NOBODY,
      CLIENT_ID: own.clientId,
      CLIENT_SECRET_ARN: secret.arn,
      DEPLOYMENT_ENV: "production",
      SCENARIO: "b2b",
      TENANT_ID: "acme-corp",
      TOKEN_URL: pool.tokenUrl,
    };
  });
  afterAll(async () => {
    await issuers.stop();
    await secret.close();
  });

  it("gets a token of its own client, and measures a gateway that is gone", async () => {
    const lambda = await LambdaProcess.start(HANDLER, environment);
    await lambda.invoke({}, {});
    const lines = await lambda.stop();
    expect(lines.filter((it) => "TokenLatency" in it)).toHaveLength(1);
    expect(answersIn(lines)).toEqual([0]);
  });

  it("measures that there was no answer where it gets no token", async () => {
    const lambda = await LambdaProcess.start(HANDLER, { ...environment, CLIENT_ID: "another" });
    await lambda.invoke({}, {});
    const lines = await lambda.stop();
    expect(lines.filter((it) => "TokenLatency" in it)).toEqual([]);
    expect(answersIn(lines)).toEqual([0]);
  });

  it.each([
    "CANARY_GATEWAY_URL",
    "CLIENT_ID",
    "CLIENT_SECRET_ARN",
    "DEPLOYMENT_ENV",
    "SCENARIO",
    "TENANT_ID",
    "TOKEN_URL",
  ])("does not start without %s", async (name) => {
    await expect(LambdaProcess.start(HANDLER, { ...environment, [name]: "" })).rejects.toThrow(name);
  });
});
