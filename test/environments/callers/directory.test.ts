import { describe, expect, it } from "vitest";
import { faultsOf } from "../../../environments/faults.ts";
import { staging } from "../../../environments/staging.ts";

const tenant = staging.tenants["xyz-gmbh"]!;
const own = tenant.directory!;

/** What is said of staging when its tenant has this directory. */
function found(changes: object | undefined, scenarios: readonly string[] = tenant.scenarios): readonly string[] {
  const directory = changes && { ...own, ...changes };
  const changed = { ...staging, tenants: { "xyz-gmbh": { ...tenant, scenarios, directory } } };
  return faultsOf("staging", { staging: changed }).map(({ key }) => key);
}

/** A key in PKCS #8, as far as its beginning tells it from a certificate. */
const KEY = `MIIEvQIBADANBgkqhkiG9w0BAQEFAASC${"A".repeat(600)}`;

describe("the directory of a company", () => {
  it.each([
    undefined,
    {},
    { name: "Example SSO", groups: { developers: ["d7e1f0b2-1111-2222-3333-444455556666", "Plattform & Betrieb"] } },
    { attributes: { ...own.attributes, groups: "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups" } },
  ])("may be %j", (changes) => {
    expect(found(changes)).toEqual([]);
  });

  it.each<[string, object, string]>([
    ["a secret", { clientSecret: "of the realm" }, "clientSecret"],
    ["a private key", { certificates: [KEY] }, "certificates[0]"],
    ["no certificate", { certificates: [] }, "certificates"],
    ["text in place of a certificate", { certificates: ["x".repeat(500)] }, "certificates[0]"],
    ["an address without TLS", { signOn: "http://login.example.com/saml2" }, "signOn"],
    ["an address with a question", { signOn: "https://login.example.com/saml2?x=1" }, "signOn"],
    ["a group that no realm has", { groups: { administrators: ["all"] } }, "groups.administrators"],
    ["a group for nobody", { groups: { developers: [] } }, "groups.developers"],
    ["a group that ends a JSON text", { groups: { developers: ['x"}]'] } }, "groups.developers[0]"],
    ["an attribute by which roles are said", { attributes: { ...own.attributes, roles: "roles" } }, "attributes.roles"],
  ])("has not %s", (_, changes, key) => {
    expect(found(changes)).toEqual([`tenants.xyz-gmbh.directory.${key}`]);
  });

  it("is of tenants with developers alone", () => {
    expect(found({}, ["b2c", "b2b"])).toEqual(["tenants.xyz-gmbh.directory"]);
  });
});
