import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseServer } from "../../../../services/mcp/database/server.ts";
import { folderServices } from "../../../../services/mcp/development/sources/folder-sources.ts";
import { searchLogs } from "../../../../services/mcp/development/tools/search-logs.ts";
import { serviceLog } from "../../../../services/libraries/service-kit/log.ts";
import { EmbeddedPostgres } from "../../../../sandbox/data-plane/database/embedded-postgres.ts";
import { connectedClient, type ConnectedClient } from "../contracts/connected-client.ts";
import { type Listening, listening } from "../../libraries/mcp-host/calls.ts";
import { contextOf, createDatabase, servicesOf } from "./database-fixture.ts";

const EMAIL = "ann@example.com";
const GIVEN = "erika@example.de";

/** Calls that fail in each way that PostgreSQL or we have, with what is in a row or was given in what PostgreSQL says of it. */
const FAILING: readonly [tool: string, args: object, message: RegExp][] = [
  ["query", { sql: "select cast(email as date) from customer where id = 1" }, /22007/],
  ["query", { sql: "select cast(email as int) from customer where id = 1" }, /22P02/],
  ["query", { sql: "select $1::int", parameters: [GIVEN] }, /22P02/],
  ["query", { sql: "select $1::date", parameters: [GIVEN] }, /22007/],
  ["query", { sql: `select '${GIVEN}'::int` }, /22P02.*character 8/],
  ["query", { sql: "select (email || '[')::jsonb from customer where id = 1" }, /22P02/],
  ["query", { sql: "select regexp_replace(name, $1, '') from customer", parameters: [`${GIVEN}(`] }, /2201B/],
  ["query", { sql: "select email::text::numeric / 0 from customer where id = 1" }, /22P02/],
  ["query", { sql: `select "${GIVEN}" from customer` }, /42703.*character 8/],
  ["query", { sql: `select * from "${GIVEN}"` }, /42P01.*character 15/],
  ["query", { sql: "select nam from customer", orderBy: { columns: ["nam"] } }, /42703.*character 8/],
  ["query", { sql: `select '${GIVEN}` }, /unterminated/],
  ["query", { sql: `select "${GIVEN}"(1)` }, /may not call/],
  ["query", { sql: `select email, 1 from customer order by '${GIVEN}' collate "${GIVEN}"` }, /42704/],
  ["query", { sql: "select id from customer", orderBy: { columns: [GIVEN] } }, /42703/],
  ["query", { sql: "select id from customer", cursor: GIVEN }, /cursor/],
  ["insert-rows", { table: "customer", rows: [{ id: 2, name: GIVEN }] }, /customer_pkey.*23505/],
  [
    "insert-rows",
    { table: "customer", rows: [{ id: 7, name: "x", email: EMAIL }] },
    /customer_tenant_id_email_key.*23505/,
  ],
  ["insert-rows", { table: "customer", rows: [{ id: GIVEN, name: "x" }] }, /22P02/],
  ["insert-rows", { table: "customer", rows: [{ id: 8, name: null, email: GIVEN }] }, /name.*23502/],
  ["insert-rows", { table: "customer", rows: [{ id: 8, [GIVEN]: 1 }] }, /column/],
  ["insert-rows", { table: GIVEN, rows: [{ id: 8 }] }, /cannot be changed/],
  ["update-rows", { table: "order", where: { id: 10 }, set: { total: -1 } }, /order_total_check.*23514/],
  ["update-rows", { table: "order", where: { id: 10 }, set: { detail: GIVEN, total: GIVEN } }, /22P02/],
  ["delete-rows", { table: "customer", where: { [GIVEN]: 1 } }, /column/],
  ["delete-rows", { table: "customer", where: { id: 1 }, dryRun: false, idempotencyKey: GIVEN }, /order.*23503/],
  ["describe-schema", { table: GIVEN }, /unknown/],
];

describe("what the log of the database server says of a call that failed", () => {
  const root = mkdtempSync(path.join(tmpdir(), "alicerce-logs-"));
  const file = path.join(root, "acme", "logs", "mcp-database.jsonl");
  let server: EmbeddedPostgres;
  let at: Listening;
  let client: ConnectedClient;
  const open = { close: () => Promise.resolve() };

  beforeAll(async () => {
    server = await EmbeddedPostgres.start();
    await createDatabase(server, "own");
    const services = servicesOf(server, "own");
    open.close = () => services.database.close();
    mkdirSync(path.dirname(file), { recursive: true });
    const log = serviceLog("mcp-database", { write: (line) => appendFileSync(file, line) });
    at = await listening(databaseServer("3.0.0"), services, { log });
    client = await connectedClient(at, "second");
  });
  afterAll(async () => {
    await client.close();
    await at.host.stop();
    await open.close();
    await server.remove();
    rmSync(root, { recursive: true });
  });

  const messageOf = async (name: string, args: object): Promise<string> =>
    JSON.stringify(await client.ask("tools/call", { name, arguments: args }));

  it.each(FAILING)("of %s %j has no value in it", async (tool, args, message) => {
    const before = lines().length;
    const answer = await messageOf(tool, args);
    expect(answer).toMatch(/"isError":true/);
    expect(answer).toMatch(message);
    expect(answer).not.toContain(EMAIL);
    const logged = lines().slice(before);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatch(/"code":"ERR_/);
    expect(logged[0]).not.toMatch(/example|ann|erika/i);
  });

  it("names the state, the routine and the place, so that the fault can be found", () => {
    const errors = lines().map((it) => (JSON.parse(it) as { details: { error: object } }).details.error);
    expect(errors).toContainEqual(
      expect.objectContaining({
        code: "ERR_STATEMENT_FAILED",
        reason: expect.stringMatching(/^SQLSTATE 42703 in \w+ at \d+$/) as string,
      }),
    );
  });

  it("cannot be found by the value", async () => {
    const found = async (text: string) =>
      (
        (await searchLogs.run({ texts: [text], limit: 200 }, {
          context: contextOf("acme"),
          services: folderServices(root),
          signal: new AbortController().signal,
        } as never)) as { lines: object[] }
      ).lines;
    expect(await found(EMAIL)).toEqual([]);
    expect(await found(GIVEN)).toEqual([]);
    expect((await found("SQLSTATE")).length).toBeGreaterThan(10);
  });

  function lines(): readonly string[] {
    return readFileSync(file, { encoding: "utf8", flag: "a+" })
      .split("\n")
      .filter((it) => it !== "");
  }
});
