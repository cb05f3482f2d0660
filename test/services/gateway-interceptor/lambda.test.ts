import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contextTokenVerifier } from "../../../services/libraries/service-kit/tokens/context-token.ts";
import { PROJECT } from "../../../tools/engine/folders.ts";
import { upToDateBundle } from "../../../tools/build/bundle.ts";
import { servicesOf } from "../../../tools/build/services.ts";
import { cognitoClaims, keyServer, type KeyServer, signingKey, signToken } from "../../support/issuer.ts";
import { kmsServer, type KmsServer } from "../../support/kms-server.ts";
import { LambdaProcess } from "../../support/lambda-process.ts";
import { tableServer, type TableServer } from "../../support/table-server.ts";
import { acme, callTool, catalogue, code, mcpAnswer, mcpEvent, type Output } from "./fixture.ts";

const ISSUER = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_acme-corp";
const GATEWAY_ARN = "arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/acme-corp-b2b-0123456789";
const folder = mkdtempSync(path.join(tmpdir(), "alicerce-interceptor-"));
const file = pathToFileURL(path.join(folder, "index.mjs")).href;
const key = await signingKey("pool-1");
let [issuer, table, kms]: [KeyServer?, TableServer?, KmsServer?] = [];
let environment: Record<string, string>;
let serial = 0;

const token = (changes = {}): Promise<string> => signToken(cognitoClaims("acme-corp", changes), key);
const context = () => ({
  awsRequestId: "lambda-1",
  clientContext: { custom: { GATEWAY_ARN, REQUEST_ID: `request-${serial++}` } },
});

beforeAll(async () => {
  const service = servicesOf(PROJECT).find((it) => it.name === "gateway-interceptor")!;
  for (const it of (await upToDateBundle(service, PROJECT)).files) writeFileSync(path.join(folder, it.path), it.bytes);
  writeFileSync(path.join(folder, "catalogue.json"), JSON.stringify(catalogue));
  [issuer, table, kms] = await Promise.all([keyServer(key), tableServer("alicerce-acme-corp"), kmsServer()]);
  table.items.set("directory", { key: { S: "directory" }, entry: { S: JSON.stringify(acme) } });
  environment = {
    TENANT_ID: "acme-corp",
    SCENARIO: "b2b",
    ISSUER_PROFILE: "cognito",
    ISSUER,
    JWKS_URL: issuer.url.href,
    CLIENTS: "finance-agent-001",
    SCOPE_PREFIX: "b2b",
    SCOPES: "mcp:read mcp:write",
    CONTEXT_ISSUER: "urn:alicerce:interceptor:acme-corp",
    CONTEXT_KEY_ARN: kms.keyArn,
    TENANT_TABLE: "alicerce-acme-corp",
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_ENDPOINT_URL_DYNAMODB: table.url,
    AWS_ENDPOINT_URL_KMS: kms.url,
  };
});

afterAll(async () => {
  await Promise.all([issuer?.close(), table?.close(), kms?.close()]);
  rmSync(folder, { recursive: true });
});

async function withFunction<T>(work: (it: LambdaProcess) => Promise<T>, changes: object = {}): Promise<T> {
  const started = await LambdaProcess.start(file, { ...environment, ...changes });
  try {
    return await work(started);
  } finally {
    await started.stop();
  }
}

const ask = async (it: LambdaProcess, event: unknown, its: object = context()): Promise<Output["mcp"]> =>
  ((await it.invoke(event, its)) as Output).mcp;

describe("the function that is deployed", () => {
  it("lets a call through, in a context that the tenant's key in KMS certifies", async () => {
    const calls = await Promise.all([token(), token({ jti: "other" })]);
    await withFunction(async (it) => {
      for (const bearer of calls) {
        const { headers } = (await ask(it, mcpEvent(bearer, callTool("database___query")))).transformedGatewayRequest;
        const publicKeys = kms!.publicKey;
        const expected = { issuer: "urn:alicerce:interceptor:acme-corp", audience: "mcp-database", publicKeys };
        const verify = contextTokenVerifier({ ...expected, tenantId: "acme-corp" });
        expect(await verify(headers["X-User-Context"]!)).toMatchObject({
          tenantId: "acme-corp",
          clientId: "finance-agent-001",
          organizationId: "org-acme",
          scopes: ["mcp:read", "mcp:write"],
        });
      }
    });
    expect(kms!.signatures).toBe(1);
    expect(table!.calls.filter((call) => call === "GetItem directory")).toHaveLength(1);
  });

  it("counts in the tenant's table, under keys of their own, what all its processes let through", async () => {
    const tier = { perHour: 2, perDay: 9, sharedBy: "tenant" };
    const entry = { S: JSON.stringify({ ...acme, tier }) };
    table!.items.clear();
    table!.items.set("directory", { key: { S: "directory" }, entry });
    const event = mcpEvent(await token(), callTool("database___query"));
    const statuses = await withFunction((first) =>
      withFunction(async (second) => {
        const answers = [await ask(first, event), await ask(second, event), await ask(first, event)];
        return answers.map((it) => ("transformedGatewayResponse" in it ? it.transformedGatewayResponse.statusCode : 0));
      }),
    );
    expect(statuses).toEqual([0, 0, 429]);
    const counters = [...table!.items.keys()].filter((it) => it !== "directory");
    expect(counters.filter((it) => !it.startsWith("quota:request:")).toSorted()).toEqual([
      "quota:day:b2b:acme-corp",
      "quota:hour:b2b:acme-corp",
    ]);
    expect(counters.every((it) => it.startsWith("quota:"))).toBe(true);
    expect(table!.items.get("quota:hour:b2b:acme-corp")).toMatchObject({ points: { N: "3" } });
    table!.items.set("directory", { key: { S: "directory" }, entry: { S: JSON.stringify(acme) } });
  });

  it("writes one audit line for both halves of a call", async () => {
    const event = mcpEvent(await token(), callTool("database___query"));
    const its = context();
    const answer = { jsonrpc: "2.0", id: 1, result: { content: [] } };
    const it = await LambdaProcess.start(file, environment);
    await ask(it, event, its);
    expect((await ask(it, mcpAnswer(event, answer), its)).transformedGatewayResponse.body).toEqual(answer);
    const lines = (await it.stop()).filter((line) => line["event_type"] === "mcp_request");
    expect(lines).toMatchObject([{ decision: "allowed", mcp_context: { server_name: "mcp-database" } }]);
  });

  it("writes its audit at any level of its log, and below that level nothing else", async () => {
    const event = mcpEvent(await token(), callTool("database___query"));
    const linesAt = async (LOG_LEVEL: string) => {
      const it = await LambdaProcess.start(file, { ...environment, LOG_LEVEL });
      table!.isDown = true;
      try {
        await ask(it, event);
        // The log is written in the background: its line is there once another call was answered.
        await ask(it, event);
      } finally {
        table!.isDown = false;
      }
      return (await it.stop()).filter((line) => !("_aws" in line)).map((line) => line["event"]);
    };
    expect(await linesAt("ERROR")).toEqual(expect.arrayContaining(["mcp_request", "call_refused"]));
    const refusal = await LambdaProcess.start(file, { ...environment, LOG_LEVEL: "ERROR" });
    await ask(refusal, mcpEvent("forged", callTool("database___query")));
    expect((await refusal.stop()).filter((line) => !("_aws" in line))).toMatchObject([
      { event: "mcp_request", level: "WARN", refusal_code: expect.stringMatching(/^ERR_TOKEN_/) as unknown },
    ]);
  });

  it("tells who is refused where the gateway's metadata is, which only an invocation can say", async () => {
    await withFunction(async (it) => {
      const refusal = (await ask(it, mcpEvent("forged", callTool("database___query")))).transformedGatewayResponse;
      expect([refusal.statusCode, refusal.headers["WWW-Authenticate"]]).toEqual([
        401,
        expect.stringContaining(
          'resource_metadata="https://acme-corp-b2b-0123456789.gateway.bedrock-agentcore.eu-west-1.amazonaws.com/.well-known/oauth-protected-resource"',
        ),
      ]);
    });
  });

  it.each<[string, () => void, () => void, string]>([
    ["the table does not answer", () => (table!.isDown = true), () => (table!.isDown = false), "ERR_DIRECTORY"],
    ["KMS answers nothing", () => (kms!.spoil = () => undefined), () => (kms!.spoil = (it) => it), "ERR_INTERNAL"],
    [
      "KMS answers with what is no signature",
      () => (kms!.spoil = (it) => it.subarray(1)),
      () => (kms!.spoil = (it) => it),
      "ERR_INTERNAL",
    ],
    [
      "KMS answers with more than a signature",
      () => (kms!.spoil = (it) => Buffer.concat([Buffer.of(0x30, it.length), it.subarray(2), Buffer.of(5, 0)])),
      () => (kms!.spoil = (it) => it),
      "ERR_INTERNAL",
    ],
  ])("refuses while %s, and recovers", async (_, breaks, mends, expected) => {
    const event = mcpEvent(await token(), callTool("database___query"));
    await withFunction(async (it) => {
      breaks();
      try {
        expect(code((await ask(it, event)).transformedGatewayResponse)).toMatch(expected);
      } finally {
        mends();
      }
    });
    await withFunction(async (it) => expect(await ask(it, event)).toHaveProperty("transformedGatewayRequest"));
  });
});

describe("a function that was not given what it needs", () => {
  it("does not start, and names everything at fault", async () => {
    const wrong = {
      LOG_LEVEL: "TRACE",
      TENANT_ID: "ACME",
      JWKS_URL: "http://keys.example.com/",
      CONTEXT_KEY_ARN: "alias/key",
    };
    const { CLIENTS, TENANT_TABLE, ...rest } = environment;
    expect([CLIENTS, TENANT_TABLE]).not.toContain(undefined);
    const start = LambdaProcess.start(file, { ...rest, ...wrong });
    const faults = await start.then(
      () => "it started",
      (error: unknown) => String(error),
    );
    for (const it of [
      "LOG_LEVEL",
      "TENANT_ID",
      "JWKS_URL",
      "CONTEXT_KEY_ARN",
      "TENANT_TABLE",
      "AUDIENCE",
      "SCOPE_PREFIX",
    ]) {
      expect(faults).toContain(`\n${it}: `);
    }
  });

  it("does not start without a catalogue", async () => {
    writeFileSync(path.join(folder, "catalogue.json"), '{"servers":{}}');
    await expect(LambdaProcess.start(file, environment)).rejects.toThrow(/tools/);
    writeFileSync(path.join(folder, "catalogue.json"), JSON.stringify(catalogue));
  });
});
