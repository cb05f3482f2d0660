import * as pulumi from "@pulumi/pulumi";
import { KeycloakRealm } from "../../../../components/identity/keycloak-realm.ts";
import { TenantPool } from "../../../../components/identity/tenant-pool.ts";
import { TokenClaims } from "../../../../components/identity/token-claims.ts";
import type { Directory } from "../../../../environments/callers/directory.ts";
import { STAFF_GROUPS } from "../../../../environments/callers/roles.ts";
import type { Plan } from "../../../../plan/model.ts";
import { planned, STACK, testBoundary, testKey } from "../../../components/planned.ts";

/** Where the tokens of people are meant to go. */
export const AUDIENCE = "http://127.0.0.1:9999/mcp";

/** A stack that has the realm of a tenant, as the cloud gets it. */
export async function realmPlan(tenant: string, directory?: Directory): Promise<Plan> {
  const url = "https://identity.eu-west-1.example.com";
  const audience = `https://${tenant}.internal.eu-west-1.example.com/mcp`;
  const args = { tenant, url, audience, groups: STAFF_GROUPS, ...(directory && { directory }) };
  const { resources } = await planned((opts) => new KeycloakRealm("realm", args, opts));
  return { stack: STACK, complete: true, resources };
}

/** A stack that has the user pool of a tenant, with a machine for one of its two gateways. */
export async function poolPlan(tenant: string): Promise<Plan> {
  const code = new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset("export {}") });
  const { resources } = await planned((opts) => {
    const site = { place: testBoundary(opts), tenant };
    const tokenClaims = new TokenClaims("token-claims", { ...site, key: testKey(opts), code }, opts);
    const pool = new TenantPool("pool", { ...site, domain: `${tenant}-tests`, tokenClaims }, opts);
    pool.scopesOf("b2c", `production.eu-west-1.${tenant}.b2c`);
    pool.machineClient("agent", [pool.scopesOf("b2b", `production.eu-west-1.${tenant}.b2b`)]);
  });
  return { stack: STACK, complete: true, resources };
}
