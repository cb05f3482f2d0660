import { randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import type { CryptoKey } from "jose";
import type { Person } from "../people.ts";
import type { PlannedPool } from "./planned-pool.ts";
import { identifier, type PoolClient } from "./pool-clients.ts";
import { PoolProblem } from "./pool-problem.ts";
import { TokenTrigger } from "./token-trigger.ts";
import { addedClaims } from "./trigger-claims.ts";

/** What a token is written for. */
export interface TokenRequest {
  readonly client: PoolClient;
  readonly scopes: readonly string[];
  /** Absent for machines. */
  readonly person?: Person;
  readonly source: "ClientCredentials" | "HostedAuth" | "RefreshTokens";
  /** What the caller sent along; nobody has verified it. */
  readonly clientMetadata?: Readonly<Record<string, string>>;
}

/** One tenant's user pool: its key, and the access tokens that it signs once the trigger has had its say. */
export class UserPool {
  readonly id: string;
  readonly issuer: string;
  readonly tenantId: string;
  readonly publicKey: JWK;
  readonly clients: readonly PoolClient[];
  private readonly region: string;
  private readonly privateKey: CryptoKey;
  private readonly trigger: TokenTrigger;

  private constructor(
    { tenantId, region }: PlannedPool,
    origin: string,
    parts: Pick<UserPool, "clients" | "publicKey"> & { privateKey: CryptoKey; trigger: TokenTrigger },
  ) {
    this.id = `${region}_${identifier(9)}`;
    this.issuer = `${origin}/${this.id}`;
    this.tenantId = tenantId;
    this.region = region;
    this.clients = parts.clients;
    this.publicKey = parts.publicKey;
    this.privateKey = parts.privateKey;
    this.trigger = parts.trigger;
  }

  /** Makes a pool with a key of its own. */
  static async open(plan: PlannedPool, origin: string, clients: readonly PoolClient[]): Promise<UserPool> {
    const { privateKey, publicKey } = await generateKeyPair("RS256");
    const jwk = { ...(await exportJWK(publicKey)), kid: randomUUID(), alg: "RS256", use: "sig" };
    const trigger = await TokenTrigger.start({ TENANT_ID: plan.tenantId });
    return new UserPool(plan, origin, { clients, publicKey: jwk, privateKey, trigger });
  }

  /** An access token; throws `PoolProblem` when the trigger fails or says what it may not. */
  async accessToken(request: TokenRequest): Promise<string> {
    const { client, scopes, person } = request;
    const added = await this.triggerClaims(request);
    const now = Math.floor(Date.now() / 1_000);
    const claims = {
      sub: person?.id ?? client.clientId,
      token_use: "access",
      scope: scopes.join(" "),
      auth_time: now,
      iss: this.issuer,
      exp: now + client.tokenLifetimeSeconds,
      iat: now,
      version: 2,
      jti: randomUUID(),
      client_id: client.clientId,
      ...(person !== undefined && { username: person.username }),
    };
    const { kid = "" } = this.publicKey;
    return new SignJWT({ ...claims, ...added }).setProtectedHeader({ kid, alg: "RS256" }).sign(this.privateKey);
  }

  /** An id token: who signed in, for the client alone (OpenID Connect Core, 2). */
  async idToken({ client, person, nonce }: { client: PoolClient; person: Person; nonce?: string }): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    const claims = {
      sub: person.id,
      aud: client.clientId,
      iss: this.issuer,
      token_use: "id",
      auth_time: now,
      iat: now,
      exp: now + client.tokenLifetimeSeconds,
      jti: randomUUID(),
      "cognito:username": person.username,
      ...(nonce !== undefined && { nonce }),
    };
    const { kid = "" } = this.publicKey;
    return new SignJWT(claims).setProtectedHeader({ kid, alg: "RS256" }).sign(this.privateKey);
  }

  async close(): Promise<void> {
    await this.trigger.stop();
  }

  private async triggerClaims(request: TokenRequest): Promise<Readonly<Record<string, unknown>>> {
    try {
      return addedClaims(await this.trigger.invoke(this.event(request)));
    } catch (cause) {
      throw new PoolProblem("invalid_request", { description: "PreTokenGeneration failed", cause });
    }
  }

  /** The event of version 3, in which a machine is a user without attributes. */
  private event({ client, scopes, person, source, clientMetadata }: TokenRequest): object {
    return {
      version: "3",
      triggerSource: `TokenGeneration_${source}`,
      region: this.region,
      userPoolId: this.id,
      userName: person?.username ?? client.clientId,
      callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: client.clientId },
      request: {
        userAttributes: person === undefined ? {} : { sub: person.id, "cognito:user_status": "CONFIRMED" },
        groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
        scopes,
        ...(clientMetadata !== undefined && { clientMetadata }),
      },
      response: { claimsAndScopeOverrideDetails: null },
    };
  }
}
