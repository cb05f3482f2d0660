import { describe, expect, it } from "vitest";
import { faultsOf } from "../../../environments/faults.ts";
import { staging } from "../../../environments/staging.ts";

/** What is said of staging when consumers of its tenant may sign in by these providers. */
function found(signInProviders: unknown, scenarios: readonly string[] = ["b2c"]): readonly string[] {
  const own = { machines: undefined, webhookHosts: undefined, directory: undefined, scenarios };
  const tenant = { ...staging.tenants["xyz-gmbh"], ...own, signInProviders };
  const changed = { ...staging, tenants: { "xyz-gmbh": tenant } };
  return faultsOf("staging", { staging: changed }).map(({ key }) => key);
}

const google = { clientId: "123456789012-abc.apps.googleusercontent.com" };
const apple = { clientId: "com.example.web", teamId: "ABCDEFGHIJ", keyId: "KLMNOPQRST" };
const club = { host: "id.club.example.com", clientId: "shop" };

describe("the providers by which consumers sign in", () => {
  it.each([
    undefined,
    { google },
    { apple, facebook: { clientId: "1234567890123456" } },
    { openId: { Club: club, "Club-2": { ...club, path: "/oauth2/default" } } },
  ])("may be %j", (providers) => {
    expect(found(providers)).toEqual([]);
  });

  it.each<[string, object, string]>([
    ["a secret", { google: { ...google, clientSecret: "of the shop" } }, "google.clientSecret"],
    ["a claim that becomes the tenant", { google: { ...google, attributes: {} } }, "google.attributes"],
    ["a provider that nobody knows", { github: { clientId: "shop" } }, "github"],
    ["a client without an id", { google: {} }, "google.clientId"],
    ["a team that Apple does not have", { apple: { ...apple, teamId: "my team" } }, "apple.teamId"],
    ["an issuer in a private network", { openId: { Club: { ...club, host: "id.local" } } }, "openId.Club.host"],
    [
      "an issuer of another scheme",
      { openId: { Club: { ...club, host: "http://id.example.com" } } },
      "openId.Club.host",
    ],
    ["a path with a question", { openId: { Club: { ...club, path: "/x?y" } } }, "openId.Club.path"],
    ["the name of the pool itself", { openId: { COGNITO: club } }, "openId.COGNITO"],
    ["the name of another kind", { openId: { Google: club } }, "openId.Google"],
  ])("are not %s", (_, providers, key) => {
    expect(found(providers)).toEqual([`tenants.xyz-gmbh.signInProviders.${key}`]);
  });

  it("are of tenants with consumers alone", () => {
    expect(found({ google }, ["b2b"])).toEqual(["tenants.xyz-gmbh.signInProviders"]);
  });
});
