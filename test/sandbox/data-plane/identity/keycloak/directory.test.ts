import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DIRECTORY } from "../../../../../components/identity/company-directory.ts";
import { realmLocations } from "../../../../../sandbox/data-plane/identity/developers.ts";
import { makePlannedRealm, populate } from "../../../../../sandbox/data-plane/identity/keycloak/keycloak-realm.ts";
import { type KeycloakIssuers, startKeycloak } from "../../../../../sandbox/data-plane/identity/keycloak/keycloak.ts";
import { plannedServer } from "../../../../../sandbox/data-plane/identity/keycloak/planned-server.ts";
import { plannedRealm } from "../../../../../sandbox/data-plane/identity/planned-realm.ts";
import { keepRealms } from "../../../../../services/registration-guard/keep-realms.ts";
import { personClaims } from "../../../../../services/libraries/service-kit/tokens/person-claims.ts";
import { foldersOf } from "../../../../../tools/engine/folders.ts";
import { regionPlan } from "../../../../components/keycloak/keycloak-programs.ts";
import { hasKeycloak } from "../../../../support/keycloak.ts";
import { OAuthClient } from "../oauth-client.ts";
import { AUDIENCE, realmPlan } from "../planned-tenants.ts";
import { CompanyRealm } from "./company-realm.ts";

const folder = mkdtempSync(join(tmpdir(), "alicerce-directory-"));
const GROUPS = { developers: ["platform"], "qa-engineers": ["testers"] } as const;

let issuers: KeycloakIssuers;
let company: CompanyRealm;
let origin: string;

/** A tenant's realm as its stack plans it, with the company's directory, of which this certificate is known. */
async function federated(tenantId: string, certificate: string): Promise<OAuthClient> {
  const directory = company.asDirectory({ certificates: [certificate], groups: GROUPS });
  await makePlannedRealm(issuers.admin, plannedRealm(await realmPlan(tenantId, directory), AUDIENCE));
  await keepRealms(issuers.admin, [tenantId]);
  await company.serve(`https://identity.eu-west-1.example.com/realms/${tenantId}`, `${origin}/realms/${tenantId}`);
  const client = await OAuthClient.discover(realmLocations(origin, [tenantId])(tenantId).discoveryUrl);
  await client.register({ scope: "mcp:read mcp:write" });
  return client;
}

/** What a token says of somebody who signs in at the company's directory. */
async function claimsOf(client: OAuthClient, username: string): Promise<Readonly<Record<string, unknown>>> {
  const asked = { scope: "mcp:read mcp:write", kc_idp_hint: DIRECTORY };
  const back = await client.authorize({ username, password: company.password }, asked);
  const { body } = await client.redeem(back.get("code"));
  return decodeJwt(String(body["access_token"]));
}

const scopesIn = ({ scope }: Readonly<Record<string, unknown>>): readonly string[] =>
  String(scope)
    .split(" ")
    .filter((it) => it.startsWith("mcp:"))
    .toSorted();

interface Found {
  readonly id: string;
  readonly username: string;
}

describe.skipIf(!(await hasKeycloak()))("a realm and the directory of a company, both on the real Keycloak", () => {
  let client: OAuthClient;

  beforeAll(async () => {
    const { cache } = foldersOf();
    const own = { cache, folder: join(folder, "keycloak"), onProgress: () => undefined };
    const realms = [plannedRealm(await realmPlan("acme-corp"), AUDIENCE)];
    issuers = await startKeycloak({ realms, server: plannedServer([await regionPlan()]), ...own });
    ({ origin } = new URL(issuers.issuerOf("acme-corp").issuer));
    company = await CompanyRealm.make(issuers.admin, origin);
    client = await federated("federated", await company.certificate());
  });
  afterAll(async () => {
    await issuers.stop();
    rmSync(folder, { recursive: true });
  });

  test("who is in a group of the table has its role, and nothing of the directory is in the token", async () => {
    await company.add("dora", ["platform"]);
    const claims = await claimsOf(client, "dora");
    expect(personClaims(claims)).toEqual({ roles: ["developer"], department: "engineering" });
    expect(scopesIn(claims)).toEqual(["mcp:read", "mcp:write"]);
    expect(claims["tenant_id"]).toBe("federated");
    expect(JSON.stringify(claims)).not.toMatch(/dora|@/);
  });

  test("who is in none has no role, whatever else the directory says of her", async () => {
    // The directory says of everybody that she is a developer of the department of engineering.
    await company.add("nora", ["canteen"]);
    const claims = await claimsOf(client, "nora");
    expect(claims).not.toHaveProperty("user_context");
    expect(scopesIn(claims)).toEqual([]);
  });

  test("who leaves a group there has left it here at the next sign-in", async () => {
    await company.add("tess", ["platform", "testers"]);
    expect(personClaims(await claimsOf(client, "tess")).roles.toSorted()).toEqual(["developer", "qa"]);
    await company.leave("tess", "platform");
    const claims = await claimsOf(client, "tess");
    expect(personClaims(claims)).toMatchObject({ roles: ["qa"] });
    expect(scopesIn(claims)).toEqual(["mcp:read"]);
  });

  test("an account of the realm is nobody's in the directory, by no address and no name", async () => {
    const victim = { tenantId: "federated", id: "", username: "victoria", givenName: "Victoria", familyName: "V" };
    const people = [{ ...victim, password: "Aa1!of-the-realm-alone", group: "developers" }];
    await populate(issuers.admin, "federated", { people, clients: [] });
    await company.add("mallory", ["canteen"], "victoria@federated.example");
    await expect(claimsOf(client, "mallory")).rejects.toThrow(/already exists/i);
    await company.add("victoria", ["canteen"]);
    expect(await claimsOf(client, "victoria")).not.toHaveProperty("user_context");
    const all = await issuers.admin.get<readonly Found[]>("/realms/federated/users?username=victoria&exact=true");
    expect(all).toHaveLength(1);
    const links = `/realms/federated/users/${all[0]!.id}/federated-identity`;
    expect(await issuers.admin.get<readonly object[]>(links)).toEqual([]);
  });

  test("an assertion that another key has signed is believed by nobody", async () => {
    const keys = await company.certificate("acme-corp");
    const other = await federated("deceived", keys);
    await company.add("eve", ["platform"]);
    await expect(claimsOf(other, "eve")).rejects.toThrow();
    expect(await issuers.admin.get<readonly Found[]>("/realms/deceived/users")).toEqual([]);
  });
});
