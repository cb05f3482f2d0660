import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POLICY_TYPE } from "../../../../../services/registration-guard/default-policies.ts";
import { keepRealms } from "../../../../../services/registration-guard/keep-realms.ts";
import { guardRegistrations } from "../../../../../services/registration-guard/registration-guard.ts";
import { foldersOf } from "../../../../../tools/engine/folders.ts";
import { realmLocations } from "../../../../../sandbox/data-plane/identity/developers.ts";
import { makePlannedRealm } from "../../../../../sandbox/data-plane/identity/keycloak/keycloak-realm.ts";
import { plannedServer } from "../../../../../sandbox/data-plane/identity/keycloak/planned-server.ts";
import { type KeycloakIssuers, startKeycloak } from "../../../../../sandbox/data-plane/identity/keycloak/keycloak.ts";
import { plannedRealm } from "../../../../../sandbox/data-plane/identity/planned-realm.ts";
import { regionPlan } from "../../../../components/keycloak/keycloak-programs.ts";
import { hasKeycloak } from "../../../../support/keycloak.ts";
import { behavesAsPlanned, TENANTS } from "../developer-issuers.ts";
import { OAuthClient } from "../oauth-client.ts";
import { AUDIENCE, realmPlan } from "../planned-tenants.ts";
import { registersAsPlanned } from "../registrations.ts";
import { Visitors } from "../visitors.ts";

const visitors = new Visitors(["acme-corp"], 50);

const folder = mkdtempSync(join(tmpdir(), "alicerce-keycloak-"));
let issuers: KeycloakIssuers;

describe.skipIf(!(await hasKeycloak()))("the real Keycloak, with realms as they are planned", () => {
  beforeAll(async () => {
    const realms = [];
    for (const tenant of TENANTS) realms.push(plannedRealm(await realmPlan(tenant), AUDIENCE));
    const { cache } = foldersOf();
    const { people } = visitors;
    const own = { cache, folder: join(folder, "keycloak"), onProgress: () => undefined };
    const server = plannedServer([await regionPlan()]);
    issuers = await startKeycloak({ realms, server, people, ...own });
  });
  afterAll(async () => {
    await issuers.stop();
    rmSync(folder, { recursive: true });
  });

  behavesAsPlanned(() => issuers, visitors);
  registersAsPlanned(() => issuers, visitors);

  test("a new realm refuses every client until Keycloak's own policies are replaced", async () => {
    const realm = plannedRealm(await realmPlan("newcomer"), AUDIENCE);
    await makePlannedRealm(issuers.admin, realm);
    const { origin } = new URL(issuers.issuerOf("acme-corp").issuer);
    const policies = `/realms/newcomer/components?type=${POLICY_TYPE}`;
    const subTypes = async () =>
      (await issuers.admin.get<readonly { readonly subType: string }[]>(policies)).map((it) => it.subType);
    const before = (await subTypes()).filter((it) => it === "authenticated");
    const client = await OAuthClient.discover(realmLocations(origin, ["newcomer"])("newcomer").discoveryUrl);
    const refused = await client.register();
    expect(refused.status).toBe(403);
    expect(refused.body["error_description"]).toMatch(/'Trusted Hosts' rejected/);
    const [first, missing] = await keepRealms(issuers.admin, ["newcomer", "nowhere"]);
    expect(first).toMatchObject({
      realm: "newcomer",
      removed: [],
      replaced: expect.arrayContaining(["Trusted Hosts"]) as unknown,
    });
    expect(first).not.toHaveProperty("problem");
    expect(missing?.problem).toMatch(/404/);
    expect((await client.register()).status).toBe(201);
    // Nothing is left to replace, and what nothing replaces stays: the policies for clients with a token.
    expect(await keepRealms(issuers.admin, ["newcomer"])).toEqual([{ realm: "newcomer", replaced: [], removed: [] }]);
    expect(before).not.toEqual([]);
    expect((await subTypes()).filter((it) => it === "authenticated")).toEqual(before);
  });

  test("the plan refuses the grant of machines, which Keycloak lets clients register for", async () => {
    const client = await OAuthClient.discover(issuers.issuerOf("acme-corp").discoveryUrl);
    const secret = { grant_types: ["client_credentials"], token_endpoint_auth_method: "client_secret_post" };
    const { status, body } = await client.register(secret);
    expect(status).toBe(201);
    const form = { client_id: client.clientId, client_secret: String(body["client_secret"]), scope: "mcp:read" };
    const refused = await client.token({ grant_type: "client_credentials", ...form });
    expect(refused).toEqual({
      status: 400,
      body: { error: "invalid_request", error_description: "Request not allowed" },
    });
  });

  test("clients that nobody uses are removed, those that somebody uses or an administrator made are not", async () => {
    const realm = "xyz-gmbh";
    const discover = () => OAuthClient.discover(issuers.issuerOf(realm).discoveryUrl);
    const [unused, used] = [await discover(), await discover()];
    for (const it of [unused, used]) expect((await it.register()).status).toBe(201);
    const person = issuers.people.find((it) => it.tenantId === realm)!;
    expect((await used.redeem((await used.authorize(person)).get("code"))).status).toBe(200);
    await issuers.admin.post(`/realms/${realm}/clients`, { clientId: "made", publicClient: true });
    const idsIn = async () =>
      (await issuers.admin.get<{ readonly clientId: string }[]>(`/realms/${realm}/clients`)).map((it) => it.clientId);
    const before = await idsIn();
    const run = (hours: number) => guardRegistrations(issuers.admin, realm, { now: Date.now() + hours * 3_600_000 });
    expect(await run(0.9)).toEqual([]);
    expect(await run(1.1)).toEqual([unused.clientId]);
    expect(await idsIn()).toEqual(before.filter((it) => it !== unused.clientId));
    // What is known of a client outlasts the events, and changes nothing else of it.
    await issuers.admin.delete(`/realms/${realm}/events`);
    const sessions = await issuers.admin.get<{ readonly id: string }[]>(`/realms/${realm}/users?username=alice`);
    await issuers.admin.post(`/realms/${realm}/users/${sessions[0]!.id}/logout`, {});
    expect(await run(29 * 24)).toEqual([]);
    expect(await run(32 * 24)).toEqual([used.clientId]);
  });

  test("what the plan has and nobody here knows is not left out in silence", async () => {
    const realm = plannedRealm(await realmPlan("unknown"), AUDIENCE);
    const [first] = realm.resources;
    const resources = [{ ...first!, type: "keycloak:index/organization:Organization" }, ...realm.resources];
    await expect(makePlannedRealm(issuers.admin, { ...realm, resources })).rejects.toThrow(
      /Organization cannot be made here/,
    );
  });
});
