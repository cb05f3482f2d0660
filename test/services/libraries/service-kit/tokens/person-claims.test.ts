import { describe, expect, test } from "vitest";
import { personClaims } from "../../../../../services/libraries/service-kit/tokens/person-claims.ts";
import { keycloakClaims, signToken } from "../../../../support/issuer.ts";
import { key, keycloak } from "../verifiers.ts";

describe("the claim user_context", () => {
  test("says roles and department; what else the issuer writes is its own", () => {
    const claim = { roles: ["developer", "qa"], department: "engineering", permissions: ["write:everything"] };
    expect(personClaims({ user_context: claim })).toEqual({
      roles: ["developer", "qa"],
      department: "engineering",
    });
  });

  test("may have names that are no roles of ours, which are left out, and names that come again", () => {
    const roles = ["offline_access", "qa", "default-roles-acme-corp", "offline_access", "qa"];
    expect(personClaims({ user_context: { roles } }).roles).toEqual(["qa", "default-roles-acme-corp"]);
  });

  test.each<[string, unknown]>([
    ["missing", undefined],
    ["text", '{"roles":["developer"]}'],
    ["a list", ["developer"]],
    ["without roles", { department: "engineering" }],
    ["with no role at all", { roles: [] }],
    ["with a role that is no text", { roles: [{ toString: "developer" }] }],
    ["with one role instead of a list", { roles: "developer" }],
    ["with more roles than anybody has", { roles: Array.from({ length: 33 }, (_, i) => `role-${i}`) }],
    ["with a role as long as a page", { roles: ["a".repeat(65)] }],
    ["with a department that has to be escaped", { roles: ["qa"], department: "it'; DROP TABLE x" }],
    ["with a department as long as a page", { roles: ["qa"], department: "a".repeat(65) }],
  ])("is refused when it is %s", (_what, claim) => {
    expect(() => personClaims({ user_context: claim })).toThrow(expect.objectContaining({ code: "ERR_TOKEN_CLAIM" }));
  });

  test("must be in the token of a person, and nothing is read of it in a machine's", async () => {
    const verify = keycloak();
    const person = await signToken(keycloakClaims("acme-corp"), key);
    expect(await verify(person)).toMatchObject({ roles: ["developer"], department: "engineering" });
    const nobody = await signToken(keycloakClaims("acme-corp", { user_context: undefined }), key);
    await expect(verify(nobody)).rejects.toMatchObject({ code: "ERR_TOKEN_CLAIM", claim: "user_context" });
    const machine = await signToken(keycloakClaims("acme-corp", { sid: undefined }), key);
    expect(await verify(machine)).not.toHaveProperty("roles");
  });

  test("is the issuer's to write: a token without an id is refused", async () => {
    const verify = keycloak();
    for (const jti of [undefined, "", 7, "two words", "a".repeat(129)]) {
      const token = await signToken(keycloakClaims("acme-corp", { jti }), key);
      await expect(verify(token)).rejects.toMatchObject({ code: "ERR_TOKEN_CLAIM", claim: "jti" });
    }
  });
});
