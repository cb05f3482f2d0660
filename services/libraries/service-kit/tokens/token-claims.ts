import { createHash } from "node:crypto";
import type { JWTHeaderParameters, JWTPayload } from "jose";
import { TokenError } from "../problem.ts";
import { IDENTIFIER } from "../../../../contracts/identifiers.ts";
import { type PersonClaims, personClaims } from "./person-claims.ts";
import type { TokenProfile } from "./token-profile.ts";

/** Printable, without blanks. */
const TOKEN_ID = /^[\x21-\x7e]{1,128}$/;

/** Who holds an access token and what it allows, as its issuer says and we have verified. */
export interface VerifiedToken {
  readonly issuer: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly organizationId?: string;
  /** Opaque id of the user, absent for machines. */
  readonly userId?: string;
  /** The roles and the department of the user, where the issuer says them. */
  readonly roles?: readonly string[];
  readonly department?: string;
  readonly scopes: readonly string[];
  /** The `jti` of the token. */
  readonly tokenId?: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** What the claims of a token must say to be of use here. */
export interface ClaimRules {
  readonly profile: TokenProfile;
  readonly tenantId: string;
  /** The scopes of this resource; others are not ours to read. */
  readonly scopes: readonly string[];
  readonly clients: readonly string[] | undefined;
  readonly scopePrefix: string;
  /** Seconds since 1970, with the skew already granted. */
  readonly latestIssue: number;
}

/** Reads what we need from claims whose signature, issuer, audience and times are already verified. */
export function readClaims(header: JWTHeaderParameters, claims: JWTPayload, rules: ClaimRules): VerifiedToken {
  rules.profile.requireAccessToken(header, claims);
  const { issuedAt, expiresAt } = timesOf(claims, rules.latestIssue);
  const organizationId = optional(claims, "organization_id", IDENTIFIER.organizationId);
  const issuer = text(claims, "iss", /./);
  const subject = text(claims, "sub", /^.{1,512}$/su);
  return {
    issuer,
    tenantId: tenantOf(claims, rules.tenantId),
    clientId: clientOf(claims, rules),
    ...(organizationId !== undefined && { organizationId }),
    ...(rules.profile.isOfUser(claims) && { userId: opaque(issuer, subject), ...personOf(claims, rules.profile) }),
    tokenId: text(claims, "jti", TOKEN_ID),
    scopes: scopesOf(claims, rules),
    issuedAt,
    expiresAt,
  };
}

/** An issuer whose tokens say who people are must say it of each; nothing is read of another one's. */
function personOf(claims: JWTPayload, { saysWhoPeopleAre }: TokenProfile): Partial<PersonClaims> {
  return saysWhoPeopleAre ? personClaims(claims) : {};
}

function text(claims: JWTPayload, claim: string, pattern: RegExp): string {
  const value = claims[claim];
  if (typeof value === "string" && pattern.test(value)) return value;
  throw new TokenError("ERR_TOKEN_CLAIM", `${claim} must be a string like ${String(pattern)}`, { claim });
}

function optional(claims: JWTPayload, claim: string, pattern: RegExp): string | undefined {
  return claims[claim] === undefined ? undefined : text(claims, claim, pattern);
}

/** Year 5138: what lies beyond is no time that anybody meant, and no date that can be printed. */
const LAST_SECOND = 100_000_000_000;

function timesOf(
  { iat, exp }: JWTPayload,
  latestIssue: number,
): { readonly issuedAt: number; readonly expiresAt: number } {
  if (!isTime(iat)) throw new TokenError("ERR_TOKEN_CLAIM", "iat must be a time", { claim: "iat" });
  if (!isTime(exp)) throw new TokenError("ERR_TOKEN_CLAIM", "exp must be a time", { claim: "exp" });
  if (iat > latestIssue) throw new TokenError("ERR_TOKEN_NOT_YET_VALID", "iat is in the future", { claim: "iat" });
  return { issuedAt: iat, expiresAt: exp };
}

function isTime(value: number | undefined): value is number {
  return value !== undefined && value >= 0 && value < LAST_SECOND;
}

function tenantOf(claims: JWTPayload, expected: string): string {
  const tenantId = text(claims, "tenant_id", IDENTIFIER.tenantId);
  if (tenantId === expected) return tenantId;
  throw new TokenError("ERR_TOKEN_TENANT", `tenant_id "${tenantId}" must be "${expected}"`, { claim: "tenant_id" });
}

function clientOf(claims: JWTPayload, { profile, clients }: ClaimRules): string {
  const claim = profile.clientClaim;
  const clientId = text(claims, claim, IDENTIFIER.clientId);
  if (clients === undefined || clients.includes(clientId)) return clientId;
  throw new TokenError("ERR_TOKEN_CLIENT", `${claim} "${clientId}" is not a client of this resource`, { claim });
}

function scopesOf(claims: JWTPayload, { profile, scopePrefix, scopes }: ClaimRules): readonly string[] {
  const { scope = "" } = claims;
  if (typeof scope !== "string") throw new TokenError("ERR_TOKEN_CLAIM", "scope must be a string", { claim: "scope" });
  const held = new Set(scope.split(" ").map((it) => profile.scope(it, scopePrefix)));
  const ours = scopes.filter((it) => held.has(it));
  if (ours.length > 0) return ours;
  throw new TokenError("ERR_TOKEN_SCOPE", "scope names none of this resource", { claim: "scope" });
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A subject that may be a name or an e-mail address at its issuer goes on as a digest. */
export function opaque(issuer: string, subject: string): string {
  if (UUID.test(subject)) return subject;
  return `u-${createHash("sha256").update(`${issuer}\n${subject}`).digest("hex").slice(0, 32)}`;
}
