import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DatabaseConfig } from "../../../../services/mcp/database/config.ts";
import { type OpenDatabase, openServices } from "../../../../services/mcp/database/open-services.ts";
import { EmbeddedPostgres } from "../../../../sandbox/data-plane/database/embedded-postgres.ts";
import { seedDatabase } from "../../../../sandbox/data-plane/database/seed.ts";

const TENANTS = [
  { id: "acme-corp", residency: "us" },
  { id: "xyz-gmbh", residency: "eu" },
] as const;

describe("a seeded database", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "alicerce-seed-"));
  const secretFile = path.join(folder, "keys.json");
  let server: EmbeddedPostgres;
  let open: OpenDatabase;
  beforeAll(async () => {
    server = await EmbeddedPostgres.start();
    for (let run = 0; run < 2; run += 1)
      await server.asAdmin("postgres", (client) => seedDatabase(client, { tenants: TENANTS, secretFile }));
    const config = DatabaseConfig.parse({
      TENANT_ID: "acme-corp",
      SERVER_VERSION: "3.0.0",
      CONTEXT_ISSUER: "interceptor",
      CONTEXT_PUBLIC_KEYS: "-----BEGIN PUBLIC KEY-----",
      ALLOWED_HOSTS: "localhost",
      DATABASE_AUTH: "socket",
      DATABASE_HOST: server.host,
      DATABASE_NAME: "postgres",
      DATABASE_SECRET_FILE: secretFile,
    });
    open = await openServices(config, () => undefined);
  });
  afterAll(async () => {
    await open.close();
    await server.remove();
    rmSync(folder, { recursive: true });
  });

  const ask = (tenantId: string, sql: string): Promise<readonly (readonly (string | null)[])[]> =>
    open.services.database.read(
      { tenantId, clientId: "client", kind: "machine", scopes: ["mcp:read"], requestId: "r", correlationId: "c" },
      new AbortController().signal,
      async (it) => (await it.run(sql)).rows,
    );

  it("has the same tables for each tenant, seeded once, with rows of its own", async () => {
    const counts = "select (select count(*) from customers), (select count(*) from orders), count(*) from order_lines";
    const [acme] = await ask("acme-corp", counts);
    expect(acme?.slice(0, 2)).toEqual(["64", "420"]);
    expect(Number(acme?.[2])).toBeGreaterThan(800);
    const currencies = "select string_agg(distinct currency, ',') from orders";
    expect(await ask("acme-corp", currencies)).toEqual([["USD"]]);
    expect(await ask("xyz-gmbh", currencies)).toEqual([["EUR"]]);
    expect(await ask("merlion-pte", "select count(*) from customers")).toEqual([["0"]]);
  });

  it("adds up: orders to their lines, invoices to their orders, some of them overdue", async () => {
    const wrong = `select count(*) from orders o where total <>
      (select sum(quantity * unit_price) from order_lines l where l.order_id = o.id)`;
    expect(await ask("acme-corp", wrong)).toEqual([["0"]]);
    const odd =
      "select count(*) from invoices i join orders o on o.id = i.order_id where i.amount <> o.total or paid_on < issued_on";
    expect(await ask("xyz-gmbh", odd)).toEqual([["0"]]);
    const [overdue] = await ask(
      "acme-corp",
      "select count(*) from invoices where paid_on is null and due_on < current_date",
    );
    expect(Number(overdue?.[0])).toBeGreaterThan(5);
  });

  it("keeps the server's keys where only its owner reads them", () => {
    expect(statSync(secretFile).mode & 0o777).toBe(0o600);
  });
});
