import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Client as ModernClient, StreamableHTTPClientTransport as ModernTransport } from "@modelcontextprotocol/client";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gatewayOf } from "../../../sandbox/data-plane/check/callers.ts";
import { scriptedSignIn } from "../../../sandbox/data-plane/identity/scripted-sign-in.ts";
import type { Platform } from "../../../sandbox/data-plane/platform.ts";
import { hasPython, pythonWithSdk } from "../../support/python-client.ts";
import { developerToken, startedPlatform } from "./platform-fixture.ts";

const MODULES = fileURLToPath(new URL("../../../node_modules", import.meta.url));
const INSPECTOR = path.join(MODULES, "@modelcontextprotocol/inspector/clients/launcher/build/index.js");
const MCP_REMOTE = path.join(MODULES, "mcp-remote/dist/proxy.js");
const QUERY = { sql: "SELECT DISTINCT tenant_id FROM business.customers" };
const OWN_ROWS = [["acme-corp"]];

let platform: Platform;
let url: string;
let headers: { readonly Authorization: string };
const home = mkdtempSync(path.join(tmpdir(), "alicerce-clients-"));

beforeAll(async () => {
  platform = await startedPlatform();
  url = gatewayOf(platform, "acme-corp", "internal").url;
  headers = { Authorization: `Bearer ${await developerToken(platform, "acme-corp")}` };
});
afterAll(async () => {
  await platform.stop();
  rmSync(home, { recursive: true, force: true });
});

describe("clients of others, through the gateway", () => {
  test.each(["auto", "legacy"] as const)("the SDK's client of version 2, %s", async (mode) => {
    const client = new ModernClient({ name: "v2", version: "1.0.0" }, { versionNegotiation: { mode } });
    await client.connect(new ModernTransport(new URL(url), { requestInit: { headers } }));
    expect(client.getNegotiatedProtocolVersion()).toBe(mode === "auto" ? "2026-07-28" : "2025-11-25");
    const { structuredContent } = await client.callTool({ name: "database___query", arguments: QUERY });
    expect(structuredContent).toMatchObject({ rows: OWN_ROWS });
    await client.close();
  });

  test("the SDK's client of version 1", async () => {
    const client = new Client({ name: "v1", version: "1.0.0" });
    await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
    const { tools } = await client.listTools();
    expect(tools.map((it) => it.name)).toContain("development___premise-report");
    const { structuredContent } = await client.callTool({ name: "database___query", arguments: QUERY });
    expect(structuredContent).toMatchObject({ rows: OWN_ROWS });
    await client.close();
  });

  test.each(["legacy", "modern"])("the MCP Inspector, %s", async (era) => {
    const args = [INSPECTOR, "--cli", url, "--transport", "http", "--protocol-era", era, "--format", "json"];
    const call = [
      "--method",
      "tools/call",
      "--tool-name",
      "database___query",
      "--tool-args-json",
      JSON.stringify(QUERY),
    ];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [...args, ...call, "--header", `Authorization: ${headers.Authorization}`],
      { env: { ...process.env, HOME: home } },
    );
    expect(stdout.replaceAll(/\s/g, "")).toContain(JSON.stringify({ rows: OWN_ROWS }).slice(1, -1));
  });

  test("mcp-remote, for clients that only know processes", async () => {
    const client = new Client({ name: "stdio", version: "1.0.0" });
    const authorization = `Authorization: ${headers.Authorization}`;
    const args = [MCP_REMOTE, url, "--allow-http", "--transport", "http-only", "--header", authorization];
    await client.connect(
      new StdioClientTransport({ command: process.execPath, args, env: { HOME: home, PATH: "" }, stderr: "ignore" }),
    );
    const { structuredContent } = await client.callTool({ name: "database___query", arguments: QUERY });
    expect(structuredContent).toMatchObject({ rows: OWN_ROWS });
    await client.close();
  });
});

describe.skipIf(!hasPython())("the SDK for Python, which registers itself and signs in", () => {
  test.each([
    ["auto", "2026-07-28"],
    ["legacy", "2025-11-25"],
  ])("%s", async (mode, version) => {
    const redirectUri = "http://127.0.0.1:33418/callback";
    const script = fileURLToPath(new URL("python/client.py", import.meta.url));
    const args = [script, url, mode, "database___query", JSON.stringify(QUERY), redirectUri];
    const child = spawn(await pythonWithSdk(), args, { stdio: ["pipe", "pipe", "pipe"] });
    let faults = "";
    child.stderr.setEncoding("utf8").on("data", (it: string) => (faults += it));
    const ended = once(child, "exit");
    const person = platform.people.find((it) => it.tenantId === "acme-corp");
    let last: { readonly [name: string]: unknown } = {};
    for await (const line of createInterface(child.stdout)) {
      last = JSON.parse(line) as typeof last;
      if (typeof last["authorize"] !== "string") continue;
      const { username = "", password = "" } = person ?? {};
      const back = await scriptedSignIn({ url: new URL(last["authorize"]), username, password, redirectUri });
      child.stdin.write(`${back.href}\n`);
    }
    await ended;
    expect(faults).toBe("");
    expect(last).toMatchObject({ version, structured: { rows: OWN_ROWS } });
    expect(last["tools"]).toContain("database___query");
  });
});
