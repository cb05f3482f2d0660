import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from "jose";
import type { CryptoKey, JWK, JWTHeaderParameters, JWTVerifyGetKey } from "jose";

/** Claims, honest or not. */
export interface Claims {
  readonly [claim: string]: unknown;
}

/** A key pair with its id, as an issuer has it. */
export interface SigningKey {
  readonly id: string;
  readonly algorithm: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** Makes a real key pair. */
export async function signingKey(id: string, algorithm = "RS256"): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  const publicJwk = { ...(await exportJWK(publicKey)), kid: id, alg: algorithm, use: "sig" };
  return { id, algorithm, privateKey, publicJwk };
}

/** The public halves of keys, as a verifier looks them up. */
export function keysOf(...keys: readonly SigningKey[]): JWTVerifyGetKey {
  return createLocalJWKSet({ keys: keys.map((it) => it.publicJwk) });
}

/** Signs claims, whatever they say. */
export function signToken(claims: Claims, key: SigningKey, header: Partial<JWTHeaderParameters> = {}): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: key.algorithm, kid: key.id, ...header }).sign(key.privateKey);
}

const encode = (text: string): string => Buffer.from(text).toString("base64url");

/** Signs the exact text of a payload (RS256), for what no honest library would write. */
export async function signText(payload: string, key: SigningKey, header: object = {}): Promise<string> {
  const input = `${encode(JSON.stringify({ alg: key.algorithm, kid: key.id, ...header }))}.${encode(payload)}`;
  const signature = await crypto.subtle.sign("RSASSA-PKCS1-v1_5", key.privateKey, Buffer.from(input));
  return `${input}.${Buffer.from(signature).toString("base64url")}`;
}

/** A real server of keys on loopback, which can change its keys and break. */
export interface KeyServer {
  readonly url: URL;
  /** How often it was asked. */
  readonly requests: number;
  keys: readonly SigningKey[];
  isDown: boolean;
  close(): Promise<void>;
}

/** Serves the public halves of `keys`. */
export async function keyServer(...keys: readonly SigningKey[]): Promise<KeyServer> {
  const state = { keys, isDown: false, requests: 0 };
  const server: Server = createServer((_request, response) => {
    state.requests++;
    if (state.isDown) return response.writeHead(500).end();
    const body = JSON.stringify({ keys: state.keys.map((it) => it.publicJwk) });
    return response.writeHead(200, { "content-type": "application/json" }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  return Object.assign(state, { url: new URL(`http://127.0.0.1:${port}/jwks`), close });
}

const now = (): number => Math.floor(Date.now() / 1_000);

/** An access token of Keycloak as its realm for `tenant` writes it. */
export function keycloakClaims(tenant: string, changes: Claims = {}): Claims {
  return {
    iss: `https://keycloak.example.com/realms/${tenant}`,
    aud: "https://gateway.example.com/internal",
    sub: "5d0ab7b0-70a5-4c2f-8e85-1e1e5aee8c22",
    typ: "Bearer",
    azp: "ide-plugin",
    sid: "0a4c7a4e-0000-4000-8000-000000000001",
    scope: "mcp:read",
    tenant_id: tenant,
    user_context: { roles: ["developer"], department: "engineering" },
    iat: now(),
    exp: now() + 900,
    jti: "7f0d3f8c-9d0f-4c0e-9f5b-0f9d3f2b6a11",
    ...changes,
  };
}

/** An access token of Cognito as the client credentials grant of the pool of `tenant` yields it. */
export function cognitoClaims(tenant: string, changes: Claims = {}): Claims {
  return {
    iss: `https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_${tenant}`,
    sub: "finance-agent-001",
    client_id: "finance-agent-001",
    token_use: "access",
    version: 2,
    scope: "b2b/mcp.read b2b/mcp.write",
    tenant_id: tenant,
    iat: now(),
    exp: now() + 900,
    jti: "f1b1cbb5-3c4d-4c31-8f0b-6d1c5d0f6a22",
    ...changes,
  };
}

/** An access token by RFC 9068. */
export function rfc9068Claims(tenant: string, changes: Claims = {}): Claims {
  return {
    iss: `https://issuer.example.com/${tenant}`,
    aud: "https://gateway.example.com/b2c",
    sub: "jane.doe@example.com",
    client_id: "chat-app",
    scope: "openid mcp:read",
    tenant_id: tenant,
    iat: now(),
    exp: now() + 900,
    jti: "0b1f2d5c-1111-4c31-8f0b-6d1c5d0f6a33",
    ...changes,
  };
}
