import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LogQuery } from "../../../../services/mcp/development/sources/log-source.ts";
import { awsStandIn, type Asked, type AwsStandIn } from "./aws-stand-in.ts";

const { signal } = new AbortController();
const from = new Date("2026-09-29T10:00:00Z");
const to = new Date("2026-09-29T11:00:00Z");

let aws: AwsStandIn;
beforeEach(async () => {
  aws = await awsStandIn();
});
afterEach(() => aws.close());

describe("logs in CloudWatch", () => {
  const query: LogQuery = { tenantId: "acme", source: "gateway", texts: [], from, to, limit: 3 };
  const search = (changes: Partial<LogQuery> = {}) => aws.services.logs.search({ ...query, ...changes }, signal);
  const event = (timestamp: number, message = "it happened\n") => ({ timestamp, message });

  test("are asked for in the tenant's own group, newest first, within limits", async () => {
    aws.answer = () => ({ body: { events: [event(to.getTime() - 1)] } });
    expect(await search({ texts: ["refused", "a.b-c?"] })).toEqual({
      lines: [{ at: new Date(to.getTime() - 1), source: "gateway", message: "it happened" }],
      isComplete: true,
    });
    expect(aws.asked).toEqual([
      {
        operation: "logs:FilterLogEvents",
        path: "/",
        body: {
          logGroupName: "/aws/vendedlogs/bedrock-agentcore/acme",
          startTime: from.getTime(),
          endTime: to.getTime(),
          limit: 3,
          startFromHead: false,
          filterPattern: '"refused" "a.b-c?"',
        },
      },
    ]);
  });

  test("come page by page, until there are enough", async () => {
    const pages = [
      { events: [event(9)], nextToken: "b" },
      { events: [], nextToken: "c" },
      { events: [event(8), event(7)], nextToken: "d" },
    ];
    aws.answer = () => ({ body: pages[aws.asked.length - 1] ?? {} });
    const { lines, isComplete } = await search();
    expect([lines.map((it) => it.at.getTime()), isComplete]).toEqual([[9, 8, 7], false]);
    expect(aws.asked.map((it) => [it.body["limit"], it.body["nextToken"]])).toEqual([
      [3, undefined],
      [2, "b"],
      [2, "c"],
    ]);
  });

  test("end after ten pages, however long the log is", async () => {
    aws.answer = () => ({ body: { events: [], nextToken: "more" } });
    expect(await search()).toEqual({ lines: [], isComplete: false });
    expect(aws.asked).toHaveLength(10);
  });

  test("are none where nobody wrote yet", async () => {
    aws.answer = () => ({ code: "ResourceNotFoundException" });
    expect(await search()).toEqual({ lines: [], isComplete: true });
  });

  test.each(['" "secret', '{ $.a = "b" }', "a\\", "a\nb", "a\u0000"])("no text becomes syntax: %j", async (text) => {
    await expect(search({ texts: [text] })).rejects.toMatchObject({ code: "ERR_TEXT_UNSEARCHABLE" });
    expect(aws.asked).toEqual([]);
  });

  test.each(["other", "/aws/vendedlogs/bedrock-agentcore/other", "__proto__"])("%s is no source", async (source) => {
    await expect(search({ source })).rejects.toThrow(TypeError);
    expect(aws.asked).toEqual([]);
  });

  test("what goes wrong is told to the log, not to the caller", async () => {
    aws.answer = () => ({ code: "ThrottlingException" });
    await expect(search()).rejects.toMatchObject({
      code: "ERR_SOURCE_BUSY",
      clientMessage: "the log cannot be read that often; try again",
    });
    aws.answer = () => ({ code: "AccessDeniedException" });
    await expect(search()).rejects.toMatchObject({
      code: "ERR_SOURCE_UNAVAILABLE",
      message: expect.stringContaining("secret arn") as string,
      clientMessage: "the log cannot be read at the moment",
    });
  });
});

describe("deployments in AgentCore", () => {
  const digest = `sha256:${"ab".repeat(32)}`;
  const at = "2026-09-29T10:00:00.000Z";
  const answers: { readonly [operation: string]: object } = {
    "bedrock-agentcore:GetGateway": { name: "acme-internal", status: "READY", statusReasons: [], updatedAt: at },
    "bedrock-agentcore:ListGatewayTargets": {
      items: [{ targetId: "t", name: "files", status: "FAILED", updatedAt: at }],
    },
    "bedrock-agentcore:GetAgentRuntime": {
      status: "READY",
      agentRuntimeVersion: "4",
      lastUpdatedAt: at,
      environmentVariables: { FILES_KEY_SECRET: "name-of-a-secret" },
      agentRuntimeArtifact: {
        containerConfiguration: { containerUri: `1.dkr.ecr.eu-west-1.amazonaws.com/x@${digest}` },
      },
    },
    "bedrock-agentcore:GetAgentRuntimeEndpoint": {
      name: "production",
      status: "UPDATING",
      liveVersion: "3",
      targetVersion: "4",
    },
  };
  const told = ({ operation }: Asked) => ({ body: answers[operation] ?? {} });

  test("are asked for by the tenant's own ids", async () => {
    aws.answer = told;
    expect(await aws.services.deployments.status("acme", signal)).toEqual({
      gateways: [
        {
          name: "internal",
          status: "READY",
          reasons: [],
          updatedAt: at,
          targets: [{ name: "files", status: "FAILED", updatedAt: at }],
        },
      ],
      servers: [
        {
          name: "files-v1",
          status: "READY",
          runtimeVersion: "4",
          imageDigest: digest,
          updatedAt: at,
          endpoints: [{ name: "production", status: "UPDATING", liveVersion: "3", targetVersion: "4" }],
        },
      ],
    });
    expect(aws.asked.map((it) => it.path).sort()).toEqual([
      "/gateways/acme-internal-0123456789/",
      "/gateways/acme-internal-0123456789/targets/",
      "/runtimes/acme_mcp_files_v1-0123456789/",
      "/runtimes/acme_mcp_files_v1-0123456789/runtime-endpoints/production/",
    ]);
  });

  test("of a server whose endpoint is gone say so of the endpoint", async () => {
    aws.answer = (asked) =>
      asked.path.includes("/runtime-endpoints/") ? { code: "ResourceNotFoundException", status: 404 } : told(asked);
    const { servers } = await aws.services.deployments.status("acme", signal);
    expect(servers).toMatchObject([{ status: "READY", endpoints: [{ name: "production", status: "MISSING" }] }]);
  });

  test("that are gone are missing, and hide nothing else", async () => {
    aws.answer = (asked) =>
      asked.path.startsWith("/runtimes/") ? { code: "ResourceNotFoundException", status: 404 } : told(asked);
    const { gateways, servers } = await aws.services.deployments.status("acme", signal);
    expect(gateways).toMatchObject([{ status: "READY" }]);
    expect(servers).toEqual([{ name: "files-v1", status: "MISSING", endpoints: [] }]);
  });
});

describe("documents in S3", () => {
  test("are the tenant's two objects", async () => {
    aws.answer = () => ({ body: "{}" });
    expect(await aws.services.documents.read("acme", "contracts", signal)).toBe("{}");
    await aws.services.documents.read("acme", "premise-report", signal);
    expect(aws.asked.map((it) => it.path)).toEqual(["/documents/acme/contracts.json", "/documents/acme/premises.json"]);
  });

  test("that nobody wrote yet are undefined, and too large ones are refused", async () => {
    aws.answer = () => ({ code: "NoSuchKey", status: 404 });
    expect(await aws.services.documents.read("acme", "contracts", signal)).toBeUndefined();
    aws.answer = () => ({ body: "x".repeat(4 * 1024 * 1024 + 1) });
    await expect(aws.services.documents.read("acme", "contracts", signal)).rejects.toMatchObject({
      code: "ERR_DOCUMENT_TOO_LARGE",
    });
  });
});

test("another tenant is unknown to every source, and AWS is not asked", async () => {
  const { logs, traces, deployments, documents } = aws.services;
  const range = { from, to, limit: 1 };
  for (const ask of [
    () => logs.sources("other"),
    () => logs.search({ tenantId: "other", source: "gateway", texts: [], ...range }, signal),
    () => traces.list({ tenantId: "other", outcome: "any", minDurationMs: 0, ...range }, signal),
    () => traces.read("other", "1-66f91234-0123456789abcdef01234567", signal),
    () => deployments.status("other", signal),
    () => documents.read("other", "contracts", signal),
  ]) {
    await expect((async () => ask())()).rejects.toMatchObject({ code: "ERR_TENANT_UNKNOWN" });
  }
  expect(aws.asked).toEqual([]);
});
