import { describe, expect, it } from "vitest";
import { PartnerCloudConfig } from "../../../services/bff/b2b/config.ts";
import { resourceOf, resourcesOf, resourcesOfType, XYZ } from "../plans.ts";

const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";
const MERLION = "production.ap-southeast-1.merlion-pte";
const SCOPES = ["orders.read", "orders.write", "products.read"].map((it) => `${XYZ}.partners/${it}`);

interface Spec {
  readonly template: {
    readonly spec: { readonly containers: readonly { readonly env: readonly { name: string; value: string }[] }[] };
  };
}

/** What the BFF of partners is told about them. */
function toldIn(stack: string) {
  const { template } = resourceOf(stack, "kubernetes:apps/v1:Deployment", "bff-b2b").inputs["spec"] as Spec;
  const env = template.spec.containers.flatMap((it) => it.env).map(({ name, value }) => [name, value]);
  const { SCOPE_PREFIX, PARTNER_CLIENTS } = PartnerCloudConfig.parse(Object.fromEntries(env));
  return { SCOPE_PREFIX, PARTNER_CLIENTS };
}

describe("a partner whose systems get tokens of the tenant's pool", () => {
  it("has a client of its own, for the scopes that the data gives it", () => {
    expect(resourceOf(XYZ, CLIENT, "partner-metal-works").inputs).toMatchObject({
      allowedOauthScopes: SCOPES,
      allowedOauthFlows: ["client_credentials"],
      generateSecret: true,
    });
  });

  it("is told by the BFF from all others by that client", () => {
    const id = String(resourceOf(XYZ, CLIENT, "partner-metal-works").outputs?.["id"]);
    const partner = { id: "metal-works", customerId: "cus-1", tier: "premium" };
    expect(toldIn(XYZ)).toEqual({
      SCOPE_PREFIX: `${XYZ}.partners`,
      PARTNER_CLIENTS: { [id]: { ...partner, scopes: ["orders:read", "orders:write", "products:read"] } },
    });
  });

  it("has a secret that is changed every three months, and in no state", () => {
    const schedule = "secret-rotation-partner-metal-works";
    expect(resourceOf(XYZ, "aws:secretsmanager/secretRotation:SecretRotation", schedule).inputs).toMatchObject({
      rotationRules: { automaticallyAfterDays: 90 },
    });
    expect(resourcesOf(XYZ).map(({ type }) => type)).not.toContain("aws:secretsmanager/secretVersion:SecretVersion");
  });

  it("is nobody in a tenant that names none", () => {
    expect(toldIn(MERLION)).toEqual({ SCOPE_PREFIX: undefined, PARTNER_CLIENTS: undefined });
    const servers = resourcesOfType(MERLION, "aws:cognito/resourceServer:ResourceServer").map(({ name }) => name);
    expect(servers).not.toContain("partners");
  });
});
