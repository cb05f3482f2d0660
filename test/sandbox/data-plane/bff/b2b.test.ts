import { execFile } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { administration, openDesk } from "../../../../sandbox/data-plane/bff/partner-administration.ts";
import { bffSecret, desksFile, writeDesks } from "../../../../sandbox/data-plane/bff/partner-desk.ts";
import { callsTheApi } from "../../../../sandbox/data-plane/check/partner-api.ts";
import { partnerSaysRecords } from "../../../../sandbox/data-plane/check/partner-events.ts";
import { Walk } from "../../../../sandbox/data-plane/check/walk.ts";
import { lockFolder } from "../../../../sandbox/data-plane/platform-lock.ts";
import type { Platform } from "../../../../sandbox/data-plane/platform.ts";
import { apiKeys } from "../../../../services/bff/b2b/authentication/api-keys.ts";
import { partnerAuthenticator } from "../../../../services/bff/b2b/authentication/authenticator.ts";
import { clientCertificates } from "../../../../services/bff/b2b/authentication/client-certificates.ts";
import { type PartnerFixture, partnerFixture } from "../../../services/bff/b2b/partner-fixture.ts";
import { receiver } from "../../../services/bff/b2b/webhooks/fixture.ts";
import { startedPlatform } from "../platform-fixture.ts";

const MAIN = path.resolve(import.meta.dirname, "../../../../tools/cli/main.ts");
const alicerce = (...words: string[]) => promisify(execFile)(process.execPath, [MAIN, ...words]);

let platform: Platform;
let partners: PartnerFixture;
let folder: string;
beforeAll(async () => {
  [platform, partners, folder] = await Promise.all([
    startedPlatform(),
    partnerFixture(),
    mkdtemp(path.join(os.tmpdir(), "alicerce-desk-")),
  ]);
});
afterAll(async () => {
  await Promise.all([platform.stop(), partners.close()]);
  await rm(folder, { recursive: true });
});

test.each(["acme-corp", "xyz-gmbh"])("partners of %s order at its BFF, through its gateway", async (tenant) => {
  const walk = new Walk(() => undefined);
  await callsTheApi(walk, platform, tenant);
  expect(walk.steps.map(({ passed, seen }) => ({ passed, seen })).filter((it) => !it.passed)).toEqual([]);
  expect(walk.steps).toHaveLength(4);
});

test.each(["acme-corp", "xyz-gmbh"])("records of partners of %s go from agent to agent by events", async (tenant) => {
  const walk = new Walk(() => undefined);
  await partnerSaysRecords(walk, platform, tenant);
  expect(walk.steps.map(({ passed, seen }) => [passed, seen])).toEqual([[true, "1 records taken, 1 not"]]);
});

test("products come from the tenant's catalogue; questions and records reach the tenant's agents", async () => {
  const [bff] = platform.partnerBffs;
  const headers = {
    "x-api-key": bff!.partners[0]!.apiKey,
    "content-type": "application/json",
    "idempotency-key": "q-1",
  };
  const products = await fetch(`${bff!.url}/v1/products?name=pan`, { headers });
  expect(await products.json()).toMatchObject({ products: [{ sku: "pan" }] });
  expect((await fetch(`${bff!.url}/v1/products/pan`, { headers })).status).toBe(200);
  expect((await fetch(`${bff!.url}/v1/products/nothing`, { headers })).status).toBe(404);
  const ask = async (key: string, body: object) => {
    const init = { method: "POST", headers: { ...headers, "idempotency-key": key }, body: JSON.stringify(body) };
    const asked = await fetch(`${bff!.url}/v1/messages`, init);
    return { status: asked.status, said: await asked.json() };
  };
  expect(await ask("q-1", { text: "Hello" })).toMatchObject({ status: 200, said: { state: "completed" } });
  const records = [{ sku: "MUG-01", quantity: 2 }, { sku: "=cmd()" }];
  expect(await ask("q-2", { text: "Please take these.", data: { records } })).toMatchObject({
    status: 200,
    said: { state: "completed", data: [{ records: [{ itemCode: "MUG-01" }], deadLetters: [{ index: 1 }] }] },
  });
  // A partner's own message cannot say for which customer it is, and does no more than its credential allows.
  const other = { operation: "get-order", orderId: "ord-1002" };
  expect(await ask("q-3", { text: "Whose is it?", data: other })).toMatchObject({
    said: { state: "failed", code: "ERR_RECORD_NOT_FOUND" },
  });
});

test("a file is worked on by the agents, and its end is told to the partner's webhook, and to nobody else's", async () => {
  const [bff] = platform.partnerBffs;
  const [partner, another] = bff!.partners.map(({ apiKey }) => ({ "x-api-key": apiKey }));
  const got = await receiver();
  const json = { "content-type": "application/json" };
  for (const [headers, url] of [
    [partner, got.url],
    [another, `${got.url}&another`],
  ] as const) {
    const body = JSON.stringify({ url, types: ["batch."] });
    const made = await fetch(`${bff!.url}/v1/webhooks/endpoints`, {
      method: "POST",
      headers: { ...json, ...headers },
      body,
    });
    expect(made.status).toBe(201);
  }
  const body = "sku,quantity\nMUG-01,2\n=cmd(),1\nMUG-02,0\n";
  const headers = { ...partner, "content-type": "text/csv" };
  const sent = await fetch(`${bff!.url}/v1/batches?schema=order-lines`, { method: "POST", headers, body });
  expect(sent.status).toBe(202);
  const at = `${bff!.url}${sent.headers.get("location") ?? ""}`;
  await vi.waitFor(() => expect(got.got).toHaveLength(1), { timeout: 30_000, interval: 100 });
  expect(JSON.parse(got.got[0]!.body)).toMatchObject({ type: "batch.finished" });
  expect(await (await fetch(at, { headers: partner! })).json()).toMatchObject({
    state: "done",
    progress: { rows: 3, succeeded: 1, failed: 2 },
  });
  expect((await fetch(at, { headers: another! })).status).toBe(404);
  await got.close();
});

test("who administers a running platform admits, rotates and revokes; its file is for its owner alone", async () => {
  await expect(openDesk(folder, "acme-corp")).rejects.toThrow("no platform runs in");
  const { host: databaseHost } = partners.server;
  await writeDesks(folder, { databaseHost, tenants: { "acme-corp": "http://127.0.0.1:1" } });
  await expect(openDesk(folder, "acme-corp")).rejects.toThrow("no platform runs in");
  const lock = await lockFolder(folder, () => undefined);
  expect((await stat(desksFile(folder))).mode & 0o777).toBe(0o600);
  await expect(openDesk(folder, "nobody")).rejects.toThrow("nobody has no BFF for partners; there are: acme-corp");

  const desk = await openDesk(folder, "acme-corp");
  const authenticate = partnerAuthenticator({
    store: desk.store,
    apiKey: apiKeys(desk.store, desk.by),
    clientCertificate: clientCertificates(desk.store, { proxies: [] }),
  });
  const as = (key: string) => authenticate({ headers: new Headers({ "x-api-key": key }) });
  const account = { id: "steel-mill", name: "Steel mill", customerId: "cus-1", tier: "basic" } as const;
  await expect(administration.addPartner(desk, { account, scopes: ["everything"] })).rejects.toThrow(
    "no scope everything",
  );
  const { key } = await administration.addPartner(desk, { account, scopes: ["orders:read"] });
  expect(await as(key)).toMatchObject({ id: "steel-mill", scopes: ["orders:read"] });
  const { key: next } = await administration.rotatePartner(desk, "steel-mill", 0);
  await expect(as(key)).rejects.toThrow("not valid here");
  expect((await as(next)).id).toBe("steel-mill");
  await desk.store.revoke("steel-mill");
  await expect(as(next)).rejects.toThrow("not valid here");

  const lines = (await administration.partnerLines(desk)).join("\n");
  expect(lines).toMatch(/^steel-mill {2}Steel mill {2}customer cus-1 {2}basic\n {2}api-key [0-9a-f]{16} {2}revoked /m);
  for (const it of [key, next]) expect(lines).not.toContain(it.split("_")[2]);
  await desk.close();

  const told = (...words: string[]) => alicerce("partner", ...words, "--tenant", "acme-corp", "--folder", folder);
  const added = await told("add", "oil-mill", "--customer", "cus-2", "--scope", "products:read");
  expect(added.stdout).toMatch(/^alc_[0-9a-f]{16}_[\w-]{43}\n$/);
  expect(added.stderr).toContain("This API key is shown once.");
  expect((await told("list")).stdout).toContain("oil-mill  oil-mill  customer cus-2  standard");
  expect((await told("revoke", "oil-mill")).stdout).toContain("1 revoked");
  await expect(told("rotate", "oil-mill")).rejects.toThrow("has no API key that could be rotated");
  await expect(told("add", "x y", "--customer", "cus-2")).rejects.toThrow("It must be letters");
  await lock.stop();
  await expect(told("list")).rejects.toThrow("no platform runs in");
});

test("the secret of a BFF is of its tenant, and the same the next time", async () => {
  const secret = await bffSecret(folder, "acme-corp");
  expect(secret).toHaveLength(32);
  expect(await bffSecret(folder, "acme-corp")).toEqual(secret);
  expect(await bffSecret(folder, "xyz-gmbh")).not.toEqual(secret);
});
