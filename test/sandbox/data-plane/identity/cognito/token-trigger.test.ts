import { afterEach, describe, expect, test } from "vitest";
import { plannedPool } from "../../../../../sandbox/data-plane/identity/cognito/planned-pool.ts";
import { poolClients } from "../../../../../sandbox/data-plane/identity/cognito/pool-clients.ts";
import { TokenTrigger } from "../../../../../sandbox/data-plane/identity/cognito/token-trigger.ts";
import { addedClaims } from "../../../../../sandbox/data-plane/identity/cognito/trigger-claims.ts";
import { UserPool } from "../../../../../sandbox/data-plane/identity/cognito/user-pool.ts";
import { poolPlan } from "../planned-tenants.ts";

const started: TokenTrigger[] = [];
const trigger = async (environment: Readonly<Record<string, string>>) => {
  const it = await TokenTrigger.start(environment);
  started.push(it);
  return it;
};
afterEach(async () => {
  await Promise.all(started.splice(0).map((it) => it.stop()));
});

const answerWith = (accessTokenGeneration: object, more: object = {}) => ({
  response: { claimsAndScopeOverrideDetails: { accessTokenGeneration, ...more } },
});

describe("the function that adds claims", () => {
  test("has its own tenant, however many run in one process", async () => {
    const triggers = await Promise.all(["acme-corp", "xyz-gmbh"].map((it) => trigger({ TENANT_ID: it })));
    const event = { version: "3", triggerSource: "TokenGeneration_ClientCredentials", response: {} };
    const claims = await Promise.all(triggers.map(async (it) => addedClaims(await it.invoke(event))));
    expect(claims).toEqual([{ tenant_id: "acme-corp" }, { tenant_id: "xyz-gmbh" }]);
  });

  test("does not start without what it is deployed with", async () => {
    await expect(TokenTrigger.start({})).rejects.toThrow("TENANT_ID must be set");
  });

  test("gives no answer once it has ended, and then there is no token", async () => {
    const plan = plannedPool(await poolPlan("acme-corp"));
    const pool = await UserPool.open(plan, "http://127.0.0.1:1", poolClients(plan, { app: [], bff: [] }));
    const [client] = pool.clients;
    const request = { client: client!, scopes: client!.scopes, source: "ClientCredentials" } as const;
    expect(await pool.accessToken(request)).toMatch(/^ey/);
    await pool.close();
    await expect(pool.accessToken(request)).rejects.toMatchObject({
      code: "invalid_request",
      description: "PreTokenGeneration failed",
    });
  });

  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["no response", {}],
    ["a response without claims", { response: { claimsAndScopeOverrideDetails: null } }],
    ["more scopes", answerWith({ claimsToAddOrOverride: {}, scopesToAdd: ["gateway:admin"] })],
    ["fewer claims", answerWith({ claimsToAddOrOverride: {}, claimsToSuppress: ["client_id"] })],
    ["other groups", answerWith({ claimsToAddOrOverride: {} }, { groupOverrideDetails: {} })],
    ["another subject", answerWith({ claimsToAddOrOverride: { sub: "someone" } })],
    ["another audience", answerWith({ claimsToAddOrOverride: { aud: "elsewhere" } })],
    ["other scopes", answerWith({ claimsToAddOrOverride: { scope: "gateway:admin" } })],
  ])("an answer with %s is refused", (_what, answer) => {
    expect(() => addedClaims(answer)).toThrow();
  });
});
