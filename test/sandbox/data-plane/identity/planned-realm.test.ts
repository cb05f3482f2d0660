import { beforeAll, describe, expect, test } from "vitest";
import type { Plan, PlannedResource } from "../../../../plan/model.ts";
import { plannedRealm } from "../../../../sandbox/data-plane/identity/planned-realm.ts";
import { AUDIENCE, realmPlan } from "./planned-tenants.ts";

let plan: Plan;

beforeAll(async () => {
  plan = await realmPlan("acme-corp");
});

/** The plan with the inputs of the resources of a type changed. */
const changed = (type: string, inputs: object): Plan => ({
  ...plan,
  resources: plan.resources.map((it) => (it.type.endsWith(type) ? { ...it, inputs: { ...it.inputs, ...inputs } } : it)),
});

describe("the realm of a planned stack", () => {
  test("says what its tokens hold, and who may register for what", () => {
    const { resources, ...realm } = plannedRealm(plan, AUDIENCE);
    const personClaims = { "user_context.roles": "roles", "user_context.department": { attribute: "department" } };
    const claims = { tenant_id: "acme-corp" };
    const ofGateway = { isInTokenScope: true, audiences: [AUDIENCE], claims, personClaims };
    const powerful = { isInTokenScope: true, audiences: [], claims: {}, personClaims: {}, roles: [] };
    expect(realm).toEqual({
      tenantId: "acme-corp",
      audience: AUDIENCE,
      tokenLifetimeSeconds: 300,
      wrongPasswords: { most: 10, waitSeconds: 60 },
      algorithm: "RS256",
      scopes: [
        { name: "mcp:read", ...ofGateway, roles: ["developer", "devops", "qa"] },
        { name: "mcp:write", ...ofGateway, roles: ["developer", "devops"] },
        { name: "gateway:admin", ...powerful },
        { name: "mcp:debug", ...powerful },
      ],
      groups: [
        { name: "developers", roles: ["developer"], attributes: { department: "engineering" } },
        { name: "devops", roles: ["devops"], attributes: { department: "operations" } },
        { name: "qa-engineers", roles: ["qa"], attributes: { department: "quality" } },
      ],
      defaultScopes: ["acr", "basic", "web-origins"],
      optionalScopes: ["mcp:read", "mcp:write", "offline_access"],
      registration: {
        trustedHosts: [
          "127.0.0.1",
          "localhost",
          "vscode.dev",
          "insiders.vscode.dev",
          "code.visualstudio.com",
          "github.com",
        ],
        redirects: [
          "http://(127\\.0\\.0\\.1|localhost)(:[0-9]{1,5})?(/[^*#]*)?",
          "https://(insiders\\.)?vscode\\.dev/redirect",
        ],
        refusedAddresses: [
          "adminUrl",
          "backchannelLogoutUrl",
          "cibaClientNotificationEndpoint",
          "jwksUri",
          "logoUri",
          "policyUri",
          "requestUris",
          "rootUrl",
          "saml.metadataDescriptorUrl",
          "sectorIdentifierUri",
          "tosUri",
          "frontchannelLogoutUrl",
        ],
        authenticators: ["client-secret"],
        scopes: ["openid", "mcp:read", "mcp:write", "offline_access"],
        maxClients: 200,
        webOrigins: ["http://127.0.0.1:6274", "http://localhost:6274"],
      },
    });
    expect(resources.length).toBeGreaterThan(20);
  });

  test("differs from the cloud's only in the gateway that its tokens are for, and in TLS", () => {
    const { resources } = plannedRealm(plan, AUDIENCE);
    const ofCloud = plan.resources.filter((it) => it.type.startsWith("keycloak:"));
    const differences = resources.flatMap((it, index) => differencesOf(it, ofCloud[index]!));
    expect(new Set(differences)).toEqual(new Set(["realm.sslRequired", "audience.includedCustomAudience"]));
  });

  test.each<[string, () => Plan, RegExp]>([
    ["no realm", () => ({ ...plan, resources: [] }), /must have one keycloak:index\/realm:Realm/],
    ["two realms", () => ({ ...plan, resources: [...plan.resources, ...plan.resources] }), /must have one/],
    ["another algorithm", () => changed(":Realm", { defaultSignatureAlgorithm: "HS256" }), /defaultSignatureAlgorithm/],
    ["a claim in no token", () => changed(":HardcodedClaimProtocolMapper", { addToAccessToken: false }), /addToAccess/],
    ["no hosts for codes", () => changed(":RealmClientPolicyProfile", { executors: [] }), /redirects/],
    [
      "no limit of clients",
      () => changed(":RealmClientRegistrationPolicy", { subType: "authenticated" }),
      /trusted-hosts/,
    ],
  ])("is not guessed from a stack with %s", (_what, stack, message) => {
    expect(() => plannedRealm(stack(), AUDIENCE)).toThrow(message);
  });
});

function differencesOf(it: PlannedResource, cloud: PlannedResource): readonly string[] {
  const names = new Set([...Object.keys(it.inputs), ...Object.keys(cloud.inputs)]);
  const kind = it.type.endsWith(":Realm") ? "realm" : String(it.inputs["name"]);
  return [...names].filter((name) => it.inputs[name] !== cloud.inputs[name]).map((name) => `${kind}.${name}`);
}
