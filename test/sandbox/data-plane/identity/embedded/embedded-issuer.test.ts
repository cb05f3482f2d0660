import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { DeveloperIssuers } from "../../../../../sandbox/data-plane/identity/developers.ts";
import { startEmbeddedIssuer } from "../../../../../sandbox/data-plane/identity/embedded/embedded-issuer.ts";
import { type PlannedRealm, plannedRealm } from "../../../../../sandbox/data-plane/identity/planned-realm.ts";
import { behavesAsPlanned, TENANTS } from "../developer-issuers.ts";
import { OAuthClient, REDIRECT } from "../oauth-client.ts";
import { AUDIENCE, realmPlan } from "../planned-tenants.ts";
import { registersAsPlanned } from "../registrations.ts";
import { Visitors } from "../visitors.ts";

const visitors = new Visitors(["acme-corp"], 50);

let realms: readonly PlannedRealm[];
let issuers: DeveloperIssuers;

beforeAll(async () => {
  const plans = [];
  for (const tenant of TENANTS) plans.push(await realmPlan(tenant));
  realms = plans.map((it) => plannedRealm(it, AUDIENCE));
  const clients = [{ tenantId: "acme-corp", clientId: "known-tool", redirectUris: [REDIRECT] }];
  issuers = await startEmbeddedIssuer({ realms, clients, people: visitors.people });
});
afterAll(() => issuers.stop());

describe("the embedded issuer", () => {
  behavesAsPlanned(() => issuers, visitors);
  registersAsPlanned(() => issuers, visitors);

  const person = () => issuers.people.find((it) => it.tenantId === "acme-corp")!;
  const acme = () => OAuthClient.discover(issuers.issuerOf("acme-corp").discoveryUrl);

  test("a token is for the gateway of the tenant, and for no other resource", async () => {
    const client = await acme();
    await client.register();
    const other = await client.authorize(person(), { resource: "http://127.0.0.1:9998/mcp" });
    expect(other.get("error")).toBe("invalid_target");
    const back = await client.authorize(person(), { resource: AUDIENCE });
    const refused = await client.redeem(back.get("code"), { resource: "http://127.0.0.1:9998/mcp" });
    expect(refused).toMatchObject({ status: 400, body: { error: "invalid_target" } });
  });

  test("a client that is known beforehand need not register", async () => {
    const client = await acme();
    client.clientId = "known-tool";
    const back = await client.authorize(person());
    expect(await client.redeem(back.get("code"))).toMatchObject({ status: 200, body: { scope: "mcp:read" } });
  });

  test("there are not more clients than the plan allows", async () => {
    const small = realms.map((it) => ({ ...it, registration: { ...it.registration, maxClients: 2 } }));
    const crowded = await startEmbeddedIssuer({ realms: small });
    try {
      const client = await OAuthClient.discover(crowded.issuerOf("acme-corp").discoveryUrl);
      const statuses = [];
      for (let i = 0; i < 3; i++) statuses.push((await client.register()).status);
      expect(statuses).toEqual([201, 201, 403]);
    } finally {
      await crowded.stop();
    }
  });

  test("a registration that nobody uses is gone after an hour, and makes room; one that is used stays", async () => {
    const small = realms.map((it) => ({ ...it, registration: { ...it.registration, maxClients: 2 } }));
    const crowded = await startEmbeddedIssuer({ realms: small });
    const clock = vi.useFakeTimers({ toFake: ["Date"] });
    try {
      const discover = () => OAuthClient.discover(crowded.issuerOf("acme-corp").discoveryUrl);
      const [used, unused, late] = [await discover(), await discover(), await discover()];
      for (const it of [used, unused]) expect((await it.register()).status).toBe(201);
      const [alice] = crowded.people;
      expect((await used.authorize(alice!)).has("code")).toBe(true);
      clock.setSystemTime(Date.now() + 59 * 60_000);
      expect((await late.register()).status).toBe(403);
      clock.setSystemTime(Date.now() + 2 * 60_000);
      expect((await late.register()).status).toBe(201);
      await expect(unused.authorize(alice!)).rejects.toThrow(/client/i);
      expect((await used.authorize(alice!)).has("code")).toBe(true);
    } finally {
      vi.useRealTimers();
      await crowded.stop();
    }
  });

  test("only a page that the plan names may register clients from a browser", async () => {
    const { registration_endpoint } = (await acme()).metadata;
    const preflight = async (origin: string) =>
      (await fetch(registration_endpoint!, { method: "OPTIONS", headers: { origin } })).headers.get(
        "access-control-allow-origin",
      );
    expect(await preflight("http://127.0.0.1:6274")).toBe("http://127.0.0.1:6274");
    expect(await preflight("https://evil.example.com")).toBeNull();
  });

  test("its pages load nothing from elsewhere, and say what went wrong", async () => {
    const client = await acme();
    await client.register();
    const begun = await fetch(client.authorizationUrl(), { redirect: "manual" });
    const cookie = begun.headers.getSetCookie().map((it) => it.split(";")[0]!);
    const page = new URL(begun.headers.get("location")!, client.metadata.issuer);
    const shown = await fetch(page, { headers: { cookie: cookie.join("; ") } });
    expect(shown.headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(await shown.text()).not.toMatch(/<script|src=|https?:/);
    const stale = await fetch(page);
    expect([stale.status, await stale.text()]).toEqual([400, expect.stringContaining('role="alert"')]);
  });

  test("a name that somebody points at this machine gets nothing", async () => {
    const { port } = new URL(issuers.issuerOf("acme-corp").issuer);
    const path = "/realms/acme-corp/.well-known/openid-configuration";
    const statusFor = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        request({ host: "127.0.0.1", port, path, headers: { host } }, (it) => resolve(it.resume().statusCode))
          .on("error", reject)
          .end();
      });
    expect(await statusFor(`127.0.0.1:${port}`)).toBe(200);
    expect(await statusFor(`evil.example.com:${port}`)).toBe(404);
  });
});
