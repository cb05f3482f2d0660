import { readFile } from "node:fs/promises";
import path from "node:path";
import { AUDIT_EVENT, auditLineSchema } from "../../../contracts/records/audit-line.ts";
import type { Platform } from "../platform.ts";
import { type Developer, developer, gatewayOf, rawCall, result, wordsOf } from "./callers.ts";
import { expected, holds, Walk, type Step } from "./walk.ts";

const TENANT = "acme-corp";
const OTHER = "xyz-gmbh";

/** The specification's scenario "Desenvolvimento Interno": a developer, an IDE that registers itself, Keycloak. */
export async function internalScenario(platform: Platform, onStep: (step: Step) => void): Promise<readonly Step[]> {
  const walk = new Walk(onStep);
  const alice = developer(platform, TENANT);
  await signsIn(walk, platform, alice);
  await works(walk, alice);
  await isKeptApart(walk, platform, alice);
  await alice.client.close();
  return walk.steps;
}

async function signsIn(walk: Walk, platform: Platform, { client }: Developer): Promise<void> {
  const gateway = gatewayOf(platform, TENANT, "internal");
  await walk.step("without a token the gateway says where to get one", async () => {
    const response = await rawCall(gateway.url, {}, "database___list-tables");
    expected(response.status, 401, "status");
    const [, metadata = ""] = /resource_metadata="([^"]+)"/.exec(response.headers.get("www-authenticate") ?? "") ?? [];
    const { authorization_servers: servers } = (await (await fetch(metadata)).json()) as Record<string, unknown>;
    expected(servers, [gateway.issuer], "authorization servers");
    return `401, ${gateway.issuer}`;
  });
  await walk.step("an IDE registers itself, a developer signs in (code with PKCE), and sees her tools", async () => {
    const tools = await client.listTools();
    holds(
      tools.some((it) => it.name === "development___premise-report"),
      "the development server is not offered",
    );
    return `MCP ${client.protocolVersion ?? "?"}, ${tools.length} tools`;
  });
  await walk.step("she reads her tenant's rows, and no other tenant's", async () => {
    const sql = "SELECT tenant_id, count(*)::int AS customers FROM business.customers GROUP BY tenant_id";
    const { rows } = await result(client, "database___query", { sql });
    expected(
      (rows as unknown[][]).map(([tenant]) => tenant),
      [TENANT],
      "tenants",
    );
    return JSON.stringify(rows);
  });
}

async function works(walk: Walk, { client }: Developer): Promise<void> {
  await walk.step("a change is a dry run until she says otherwise", async () => {
    const change = {
      table: "customers",
      set: { segment: "enterprise" },
      where: { id: 1 },
      idempotencyKey: "check-update-1",
    };
    const answer = await result(client, "database___update-rows", change);
    holds(answer["dryRun"] === true, `the change was made: ${JSON.stringify(answer)}`);
    return JSON.stringify(answer);
  });
  await walk.step("what an older client calls still answers, and says until when", async () => {
    const answer = await client.callTool("database-v1___run-query", { query: "SELECT 1 AS one" });
    holds(answer.isError !== true, wordsOf(answer));
    const notice = JSON.stringify(answer._meta ?? {});
    holds(/"removeOn":"\d{4}-\d{2}-\d{2}"/.test(notice), `no date in ${notice}`);
    return notice;
  });
  await walk.step("the premises of what is deployed for her tenant hold", async () => {
    const { premises } = await result(client, "development___premise-report");
    const broken = (premises as { verdict: string; title: string }[]).filter((it) => it.verdict !== "holds");
    expected(broken, [], "premises that do not hold");
    return `${(premises as unknown[]).length} of ${(premises as unknown[]).length} hold`;
  });
}

async function isKeptApart(walk: Walk, platform: Platform, { client, login }: Developer): Promise<void> {
  const bearer = (): string => `Bearer ${login.tokens()?.access_token ?? ""}`;
  const gateway = gatewayOf(platform, TENANT, "internal");
  await walk.step("a forged tenant in a header changes nothing", async () => {
    const headers = { authorization: bearer(), "X-Tenant-ID": OTHER, x_tenant_id: OTHER };
    const response = await rawCall(gateway.url, headers, "database___list-tables");
    expected(response.status, 200, "status");
    const { rows } = await result(client, "database___query", {
      sql: "SELECT DISTINCT tenant_id FROM business.orders",
    });
    expected(rows, [[TENANT]], "tenants");
    return "200, still her own rows";
  });
  await walk.step("her token is worth nothing at another tenant's gateway", async () => {
    const { url } = gatewayOf(platform, OTHER, "internal");
    const response = await rawCall(url, { authorization: bearer() }, "database___list-tables");
    expected(response.status, 401, "status");
    return "401";
  });
  await walk.step("each call left one audit line, without arguments", async () => {
    const text = await readFile(path.join(platform.recordsFolder, TENANT, "logs/audit.jsonl"), "utf8");
    const lines = text.split("\n").filter((it) => {
      if (!it.includes(AUDIT_EVENT)) return false;
      return auditLineSchema.parse(JSON.parse(it)).mcp_context.resource_accessed === "database___query";
    });
    holds(lines.length >= 2, `${lines.length} lines for two calls`);
    holds(!text.includes("GROUP BY"), "an argument is in the audit log");
    return lines.at(-1) ?? "";
  });
}
