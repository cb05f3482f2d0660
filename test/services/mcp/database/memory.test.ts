import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DatabaseServices } from "../../../../services/mcp/database/services.ts";
import { query } from "../../../../services/mcp/database/tools/query.ts";
import { EmbeddedPostgres } from "../../../../sandbox/data-plane/database/embedded-postgres.ts";
import { call, createDatabase, servicesOf } from "./database-fixture.ts";

/** As many calls of one tenant as run at once. */
const AT_ONCE = 5;
const MOST_MEGABYTES = 350;
const WIDE = "x".repeat(99_000);

const HUNGRY: readonly [what: string, sql: string, parameters?: readonly string[]][] = [
  [
    "doubles a text in a recursion",
    "with recursive r (s) as (select $1::text union all select s || s from r where length(s) < 400000000) select max(length(s)) from r",
    [WIDE],
  ],
  [
    "gathers wide texts, several times over",
    `select ${Array.from({ length: 6 }, (_, i) => `length(string_agg($1::text || n, '${i}'))`).join(", ")} from generate_series(1, 9000) as g (n)`,
    [WIDE],
  ],
  ["replaces each character by a wide text", "select length(replace($1, 'x', $1))", [WIDE]],
  ["replaces by a pattern", "select length(regexp_replace($1, 'x', $1, 'g'))", [WIDE]],
  ["gathers JSON", "select length(json_agg($1::text || n)::text) from generate_series(1, 9000) as g (n)", [WIDE]],
];

describe.runIf(process.platform === "linux")("the memory of PostgreSQL", () => {
  let server: EmbeddedPostgres;
  let services: DatabaseServices;

  beforeAll(async () => {
    server = await EmbeddedPostgres.start();
    await createDatabase(server, "own");
    services = servicesOf(server, "own", {
      maxConnections: AT_ONCE,
      maxConnectionsPerTenant: AT_ONCE,
      statementTimeoutMs: 30_000,
      callTimeoutMs: 60_000,
    });
  });
  afterAll(async () => {
    await services.database.close();
    await server.remove();
  });

  /** What each process of the server has held at most, in MB. */
  function peaks(): readonly number[] {
    const postmaster = readFileSync(path.join(server.host, "data", "postmaster.pid"), "utf8").split("\n")[0]!;
    const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, "utf8").trim().split(" ");
    return [postmaster, ...children].map(
      (pid) => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024,
    );
  }

  it.each(HUNGRY)("is bounded for each statement that %s", async (_, sql, parameters = []) => {
    const failed = await Promise.all(
      Array.from({ length: AT_ONCE }, () =>
        call(services, query, { sql, parameters }).catch((error: unknown) => error),
      ),
    );
    for (const it of failed)
      expect(it).toMatchObject({
        code: "ERR_STATEMENT_FAILED",
        clientMessage: "the statement needs more memory than one may have; ask for less",
      });
    expect(peaks().length).toBeGreaterThan(AT_ONCE);
    expect(Math.max(...peaks())).toBeLessThan(MOST_MEGABYTES);
    expect((await call(services, query, { sql: "select count(*) from customer" })).rows).toEqual([["3"]]);
  });

  it("does not count on a function that takes as much as its argument says", async () => {
    const sql = "select length(format('%999999999s', 'x'))";
    await expect(call(services, query, { sql })).rejects.toMatchObject({ code: "ERR_STATEMENT_REFUSED" });
  });

  it("lets what is too large for it go to a file, up to a limit", async () => {
    const sql =
      "with s (t) as materialized (select $1 || n from generate_series(1, 30000) as g (n)) select count(t) from s";
    await expect(call(services, query, { sql, parameters: [WIDE] })).rejects.toMatchObject({
      code: "ERR_STATEMENT_FAILED",
      clientMessage: expect.stringContaining("temporary files") as string,
    });
  });
});
