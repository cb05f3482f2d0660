import { hash, randomBytes } from "node:crypto";
import * as z from "zod";
import { authenticate, grantedScopes, type PoolClient } from "./pool-clients.ts";
import { isSame, type Person } from "../people.ts";
import { PoolProblem } from "./pool-problem.ts";
import type { UserPool } from "./user-pool.ts";

/** What somebody who signed in has allowed. */
export interface SignedIn {
  readonly client: PoolClient;
  readonly person: Person;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly codeChallenge: string;
  readonly nonce?: string;
}

interface Kept<Value> {
  readonly value: Value;
  readonly expiresAt: number;
}

const CODE_SECONDS = 300;
const REFRESH_SECONDS = 30 * 86_400;

const metadata = z.record(z.string(), z.string());

/** The token endpoint of one pool. */
export class TokenEndpoint {
  private readonly pool: UserPool;
  private readonly codes = new Map<string, Kept<SignedIn>>();
  private readonly refreshTokens = new Map<string, Kept<SignedIn>>();

  constructor(pool: UserPool) {
    this.pool = pool;
  }

  /** A code for what somebody has allowed, good once. */
  code(signedIn: SignedIn): string {
    return keep(this.codes, signedIn, CODE_SECONDS);
  }

  /** Answers a request; throws `PoolProblem`. */
  async answer(authorization: string | undefined, form: URLSearchParams): Promise<object> {
    if ([...new Set(form.keys())].some((it) => form.getAll(it).length > 1)) throw new PoolProblem("invalid_request");
    const client = authenticate(this.pool.clients, authorization, form);
    const grant = form.get("grant_type");
    if (grant === null) throw new PoolProblem("invalid_request");
    if (grant !== "client_credentials" && grant !== "authorization_code" && grant !== "refresh_token") {
      throw new PoolProblem("unsupported_grant_type");
    }
    if (!client.grants.includes(grant)) throw new PoolProblem("unauthorized_client");
    if (grant === "client_credentials") return this.forMachine(client, form);
    return grant === "authorization_code" ? this.forCode(client, form) : this.forRefreshToken(client, form);
  }

  /** Makes a refresh token worthless (RFC 7009); throws `PoolProblem` only for a client that is not who it says. */
  revoke(authorization: string | undefined, form: URLSearchParams): void {
    const client = authenticate(this.pool.clients, authorization, form);
    const token = form.get("token") ?? "";
    if (this.refreshTokens.get(token)?.value.client === client) this.refreshTokens.delete(token);
  }

  private async forMachine(client: PoolClient, form: URLSearchParams): Promise<object> {
    const scopes = grantedScopes(client, form.get("scope"));
    const clientMetadata = metadataIn(form);
    const request = { client, scopes, source: "ClientCredentials", ...(clientMetadata && { clientMetadata }) } as const;
    return answerOf(client, await this.pool.accessToken(request));
  }

  private async forCode(client: PoolClient, form: URLSearchParams): Promise<object> {
    const signedIn = take(this.codes, form.get("code") ?? "");
    const challenge = hash("sha256", form.get("code_verifier") ?? "", "base64url");
    if (
      signedIn?.client !== client ||
      signedIn.redirectUri !== form.get("redirect_uri") ||
      !isSame(challenge, signedIn.codeChallenge)
    ) {
      throw new PoolProblem("invalid_grant");
    }
    const answer = await this.forPerson(signedIn, "HostedAuth");
    return { ...answer, refresh_token: keep(this.refreshTokens, signedIn, REFRESH_SECONDS) };
  }

  private async forRefreshToken(client: PoolClient, form: URLSearchParams): Promise<object> {
    const kept = this.refreshTokens.get(form.get("refresh_token") ?? "");
    if (kept?.value.client !== client || kept.expiresAt <= Date.now()) throw new PoolProblem("invalid_grant");
    return this.forPerson(kept.value, "RefreshTokens");
  }

  private async forPerson(signedIn: SignedIn, source: "HostedAuth" | "RefreshTokens"): Promise<object> {
    const { client, scopes, person } = signedIn;
    const answer = answerOf(client, await this.pool.accessToken({ client, scopes, person, source }));
    if (!scopes.includes("openid")) return answer;
    // A nonce is of one sign-in, and in no token that is renewed.
    const { nonce } = source === "HostedAuth" ? signedIn : {};
    return { ...answer, id_token: await this.pool.idToken({ client, person, ...(nonce !== undefined && { nonce }) }) };
  }
}

function answerOf({ tokenLifetimeSeconds }: PoolClient, token: string): object {
  return { access_token: token, expires_in: tokenLifetimeSeconds, token_type: "Bearer" };
}

function metadataIn(form: URLSearchParams): Readonly<Record<string, string>> | undefined {
  const given = form.get("aws_client_metadata");
  if (given === null) return undefined;
  try {
    return metadata.parse(JSON.parse(given));
  } catch (cause) {
    throw new PoolProblem("invalid_request", { cause });
  }
}

function keep<Value>(among: Map<string, Kept<Value>>, value: Value, seconds: number): string {
  const now = Date.now();
  for (const [key, it] of among) if (it.expiresAt <= now) among.delete(key);
  const name = randomBytes(32).toString("base64url");
  among.set(name, { value, expiresAt: now + seconds * 1_000 });
  return name;
}

function take<Value>(among: Map<string, Kept<Value>>, name: string): Value | undefined {
  const kept = among.get(name);
  among.delete(name);
  return kept !== undefined && kept.expiresAt > Date.now() ? kept.value : undefined;
}
