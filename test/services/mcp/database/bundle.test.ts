import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterAll, describe, expect, it } from "vitest";
import { logLineSchema } from "../../../../contracts/records/log-line.ts";
import { newKeys } from "../../../../services/mcp/database/tenancy/database-keys.ts";
import { upToDateBundle } from "../../../../tools/build/bundle.ts";
import { servicesOf } from "../../../../tools/build/services.ts";
import { PROJECT } from "../../../../tools/engine/folders.ts";
import { tenantKey } from "../../../support/tenant-key.ts";

describe("the bundle of the database server", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "alicerce-bundle-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("brings PostgreSQL's parser and starts with nothing else beside it", async () => {
    const { files } = await upToDateBundle(
      servicesOf(PROJECT).find((it) => it.name === "mcp-database")!,
      PROJECT,
    );
    for (const it of files) {
      mkdirSync(path.dirname(path.join(folder, it.path)), { recursive: true });
      writeFileSync(path.join(folder, it.path), it.bytes);
    }
    expect(files.map((it) => it.path).sort()).toEqual(["certificates/amazon-rds.pem", "index.mjs", "libpg-query.wasm"]);
    writeFileSync(path.join(folder, "keys"), newKeys());
    const env = {
      TENANT_ID: "acme-corp",
      SERVER_VERSION: "3.0.0",
      CONTEXT_ISSUER: "urn:alicerce:interceptor:acme-corp",
      CONTEXT_PUBLIC_KEYS: tenantKey().publicKeys,
      ALLOWED_HOSTS: "127.0.0.1",
      PORT: "0",
      DATABASE_AUTH: "socket",
      DATABASE_HOST: folder,
      DATABASE_NAME: "none",
      DATABASE_SECRET_FILE: path.join(folder, "keys"),
    };
    const child = spawn(process.execPath, ["index.mjs"], { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
    const exit = once(child, "exit");
    const line = await Promise.race([once(createInterface(child.stdout), "line"), exit]);
    expect(logLineSchema.parse(JSON.parse(String(line[0])))).toMatchObject({
      component: "mcp-database",
      event: "listening",
    });
    child.kill();
    await exit;
  });
});
