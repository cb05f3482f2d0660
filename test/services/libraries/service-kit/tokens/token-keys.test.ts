import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { remoteKeys } from "../../../../../services/libraries/service-kit/tokens/token-keys.ts";
import type { TokenVerifier } from "../../../../../services/libraries/service-kit/tokens/token.ts";
import { keycloakClaims, keyServer, signingKey, signToken } from "../../../../support/issuer.ts";
import type { KeyServer } from "../../../../support/issuer.ts";
import { keycloak, refusal } from "../verifiers.ts";

const [first, second] = await Promise.all([signingKey("first"), signingKey("second")]);

describe("the keys of an issuer", () => {
  let server: KeyServer;
  let now: number;
  let verify: TokenVerifier;
  let serial = 0;
  const later = (seconds: number): void => void (now += seconds * 1_000);
  const token = (key = first) => signToken(keycloakClaims("acme-corp", { jti: String(serial++) }), key);

  beforeEach(async () => {
    server = await keyServer(first);
    now = Date.now();
    verify = keycloak({ keys: remoteKeys({ url: server.url, now: () => now }), now: () => now });
  });

  afterEach(() => server.close());

  it("are fetched once for many tokens, also at the same time", async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, () => token()));
    await Promise.all(tokens.map(verify));
    expect(server.requests).toBe(1);
  });

  it("are fetched again for a key that is new", async () => {
    await verify(await token());
    server.keys = [first, second];
    later(31);
    await verify(await token(second));
    expect(server.requests).toBe(2);
  });

  it("are not fetched for every unknown key: a storm costs one request per cooldown", async () => {
    await verify(await token());
    later(31);
    for (let i = 0; i < 50; i++) {
      const forged = await signToken(keycloakClaims("acme-corp", { jti: `${i}` }), { ...second, id: `key-${i}` });
      expect((await refusal(forged, verify)).code).toBe("ERR_TOKEN_KEY_UNKNOWN");
    }
    expect(server.requests).toBe(2);
  });

  it("keep serving while the issuer is down, and unknown ones are refused without a storm", async () => {
    await verify(await token());
    server.isDown = true;
    later(700);
    await verify(await token());
    for (let i = 0; i < 20; i++)
      expect((await refusal(await token(second), verify)).code).toBe("ERR_TOKEN_KEY_UNKNOWN");
    expect(server.requests).toBe(2);
    server.isDown = false;
    server.keys = [second];
    later(31);
    await verify(await token(second));
    expect((await refusal(await token(first), verify)).code).toBe("ERR_TOKEN_KEY_UNKNOWN");
  });

  it("refuse everything if the issuer never answered, and recover when it does", async () => {
    server.isDown = true;
    const its = await token();
    for (let i = 0; i < 10; i++) expect((await refusal(its, verify)).code).toBe("ERR_TOKEN_KEYS_UNAVAILABLE");
    expect(server.requests).toBe(1);
    server.isDown = false;
    later(31);
    await verify(its);
  });

  it("stop working some time after the issuer withdrew them", async () => {
    await verify(await token(first));
    server.keys = [second];
    later(601);
    expect((await refusal(await token(first), verify)).code).toBe("ERR_TOKEN_KEY_UNKNOWN");
  });
});
