import * as z from "zod";
import type { Plan, PlannedResource } from "../../../plan/model.ts";
import { groupsOf, nameOf, originsOf, type RealmGroup } from "./planned-groups.ts";

/** What a scope of a realm does to an access token that has it. */
export interface RealmScope {
  readonly name: string;
  readonly isInTokenScope: boolean;
  readonly audiences: readonly string[];
  readonly claims: { readonly [claim: string]: string };
  /** The roles that may have it; everybody may where there are none. */
  readonly roles: readonly string[];
  /** By the claim, with dots where it is in an object: what of a person it says, her roles or an attribute of her groups. */
  readonly personClaims: { readonly [claim: string]: { readonly attribute: string } | "roles" };
}

/** What a client that registers itself without a token may be. */
export interface RegistrationRules {
  readonly trustedHosts: readonly string[];
  /** Where codes may go, as regular expressions for whole addresses. */
  readonly redirects: readonly string[];
  /** Addresses that a client may not have, by Keycloak's names of them. */
  readonly refusedAddresses: readonly string[];
  /** How a client may prove that it is itself, by Keycloak's names. */
  readonly authenticators: readonly string[];
  readonly scopes: readonly string[];
  readonly maxClients: number;
  readonly webOrigins: readonly string[];
}

/** A tenant's realm, as its stack plans it for the cloud. */
export interface PlannedRealm {
  readonly tenantId: string;
  readonly audience: string;
  readonly tokenLifetimeSeconds: number;
  /** After so many wrong passwords nobody signs in with that name for so many seconds. */
  readonly wrongPasswords: { readonly most: number; readonly waitSeconds: number };
  readonly algorithm: "RS256";
  readonly scopes: readonly RealmScope[];
  readonly groups: readonly RealmGroup[];
  /** Every client has them, whether it asks or not. */
  readonly defaultScopes: readonly string[];
  /** A client may ask for them. */
  readonly optionalScopes: readonly string[];
  readonly registration: RegistrationRules;
  /** The planned resources themselves, with what must differ on a laptop. */
  readonly resources: readonly PlannedResource[];
}

const TYPES = {
  realm: "keycloak:index/realm:Realm",
  scope: "keycloak:openid/clientScope:ClientScope",
  audience: "keycloak:openid/audienceProtocolMapper:AudienceProtocolMapper",
  claim: "keycloak:openid/hardcodedClaimProtocolMapper:HardcodedClaimProtocolMapper",
  defaultScopes: "keycloak:index/realmDefaultClientScopes:RealmDefaultClientScopes",
  optionalScopes: "keycloak:index/realmOptionalClientScopes:RealmOptionalClientScopes",
  grant: "keycloak:index/genericRoleMapper:GenericRoleMapper",
  roles: "keycloak:openid/userRealmRoleProtocolMapper:UserRealmRoleProtocolMapper",
  attribute: "keycloak:openid/userAttributeProtocolMapper:UserAttributeProtocolMapper",
  profile: "keycloak:index/realmClientPolicyProfile:RealmClientPolicyProfile",
  registration: "keycloak:index/realmClientRegistrationPolicy:RealmClientRegistrationPolicy",
} as const;

const list = z.string().transform((it) => it.split(","));
const realmInputs = z.object({
  realm: z.string(),
  accessTokenLifespan: z.string().regex(/^\d+m\d+s$/),
  defaultSignatureAlgorithm: z.literal("RS256"),
  securityDefenses: z.object({
    bruteForceDetection: z.object({
      permanentLockout: z.literal(false),
      maxLoginFailures: z.number(),
      waitIncrementSeconds: z.number(),
    }),
  }),
});
const scopeInputs = z.object({ name: z.string(), includeInTokenScope: z.boolean() });
const audienceInputs = z.object({ includedCustomAudience: z.string(), addToAccessToken: z.literal(true) });
const claimInputs = z.object({
  claimName: z.string(),
  claimValue: z.string(),
  claimValueType: z.literal("String"),
  addToAccessToken: z.literal(true),
});
const roleClaimInputs = z.object({
  claimName: z.string(),
  multivalued: z.literal(true),
  addToAccessToken: z.literal(true),
});
const attributeInputs = z.object({
  claimName: z.string(),
  userAttribute: z.string(),
  addToAccessToken: z.literal(true),
});
const defaultScopeInputs = z.object({ defaultScopes: z.array(z.string()) });
const optionalScopeInputs = z.object({ optionalScopes: z.array(z.string()) });
const rulesInputs = z.object({
  "trusted-hosts": z.object({
    "trusted-hosts": list,
    "client-uris-must-match": z.literal("true"),
    "host-sending-registration-request-must-match": z.literal("false"),
  }),
  "allowed-client-templates": z.object({ "allowed-client-scopes": list }),
  "max-clients": z.object({ "max-clients": z.coerce.number().int() }),
  "registration-web-origins": z.object({ "web-origins": list }),
  // Everybody is asked here, and no scope is there unasked.
  "consent-required": z.unknown(),
  scope: z.unknown(),
});
const profileInputs = z.object({
  executors: z.array(z.object({ name: z.string(), configuration: z.record(z.string(), z.string()).default({}) })),
});
const texts = z
  .string()
  .transform((it) => JSON.parse(it) as unknown)
  .pipe(z.array(z.string()));
const executorInputs = z.object({
  redirects: z.object({ "allowed-patterns": texts, "client-uri-fields": z.string().regex(/"redirectUris"/) }),
  refused: z.object({ "client-uri-fields": texts }),
  authenticator: z.object({ "allowed-client-authenticators": texts }),
  logout: z.object({ "allow-front-channel-logout": z.literal("false") }),
});

/**
 * Reads the realm of a tenant's planned stack, with `audience` as the gateway for which its tokens are meant; throws `TypeError` when the
 * stack has no realm, and `ZodError` when it has one that means something else than is understood here.
 */
export function plannedRealm(plan: Plan, audience: string): PlannedRealm {
  const resources = plan.resources.filter((it) => it.type.startsWith("keycloak:")).map((it) => onLaptop(it, audience));
  const realm = realmInputs.parse(one(resources, TYPES.realm, plan.stack).inputs);
  const { maxLoginFailures, waitIncrementSeconds } = realm.securityDefenses.bruteForceDetection;
  return {
    tenantId: realm.realm,
    audience,
    tokenLifetimeSeconds: secondsOf(realm.accessTokenLifespan),
    wrongPasswords: { most: maxLoginFailures, waitSeconds: waitIncrementSeconds },
    algorithm: realm.defaultSignatureAlgorithm,
    scopes: all(resources, TYPES.scope).map((it) => scopeOf(it, resources)),
    groups: groupsOf(resources),
    ...defaultScopeInputs.parse(one(resources, TYPES.defaultScopes, plan.stack).inputs),
    ...optionalScopeInputs.parse(one(resources, TYPES.optionalScopes, plan.stack).inputs),
    registration: rulesOf(resources),
    resources,
  };
}

/** All that differs from the cloud: tokens are meant for the gateway of this machine, and there is no TLS on loopback. */
function onLaptop(resource: PlannedResource, audience: string): PlannedResource {
  const { type, inputs } = resource;
  if (type === TYPES.audience) return { ...resource, inputs: { ...inputs, includedCustomAudience: audience } };
  if (type === TYPES.realm) return { ...resource, inputs: { ...inputs, sslRequired: "external" } };
  return resource;
}

function all(resources: readonly PlannedResource[], type: string): readonly PlannedResource[] {
  return resources.filter((it) => it.type === type);
}

function one(resources: readonly PlannedResource[], type: string, stack: string): PlannedResource {
  const [first, ...others] = all(resources, type);
  if (first === undefined || others.length > 0) throw new TypeError(`${stack} must have one ${type}`);
  return first;
}

function secondsOf(duration: string): number {
  const [minutes = 0, seconds = 0] = duration.match(/\d+/g)?.map(Number) ?? [];
  return minutes * 60 + seconds;
}

/** The scope that a mapper belongs to is what its `clientScopeId` came from. */
function scopeOf(scope: PlannedResource, resources: readonly PlannedResource[]): RealmScope {
  const { name, includeInTokenScope } = scopeInputs.parse(scope.inputs);
  const mappers = (type: string) =>
    all(resources, type).filter((it) => it.propertyDependencies?.["clientScopeId"]?.includes(scope.urn));
  const claims = mappers(TYPES.claim).map(({ inputs }) => claimInputs.parse(inputs));
  return {
    name,
    isInTokenScope: includeInTokenScope,
    audiences: mappers(TYPES.audience).map(({ inputs }) => audienceInputs.parse(inputs).includedCustomAudience),
    claims: Object.fromEntries(claims.map((it) => [it.claimName, it.claimValue])),
    roles: mappers(TYPES.grant).flatMap((it) => originsOf(it, "roleId", resources).map(nameOf)),
    personClaims: personClaims(mappers(TYPES.roles), mappers(TYPES.attribute)),
  };
}

function personClaims(
  roles: readonly PlannedResource[],
  attributes: readonly PlannedResource[],
): RealmScope["personClaims"] {
  const claims: Record<string, RealmScope["personClaims"][string]> = {};
  for (const { inputs } of roles) claims[roleClaimInputs.parse(inputs).claimName] = "roles";
  for (const { inputs } of attributes) {
    const { claimName, userAttribute: attribute } = attributeInputs.parse(inputs);
    claims[claimName] = { attribute };
  }
  return claims;
}

function rulesOf(resources: readonly PlannedResource[]): RegistrationRules {
  const anonymous = all(resources, TYPES.registration).filter(({ inputs }) => inputs["subType"] === "anonymous");
  const rules = rulesInputs.parse(
    Object.fromEntries(anonymous.map(({ inputs }) => [inputs["providerId"], inputs["config"]])),
  );
  const executors = all(resources, TYPES.profile).flatMap(({ inputs }) => profileInputs.parse(inputs).executors);
  const configured = (name: string) => executors.filter((it) => it.name === name).map((it) => it.configuration);
  const ofAddresses = configured("secure-client-uris-pattern");
  const { redirects, refused, authenticator } = executorInputs.parse({
    redirects: ofAddresses.find((it) => "allowed-patterns" in it),
    refused: ofAddresses.find((it) => !("allowed-patterns" in it)),
    authenticator: configured("secure-client-authenticator")[0],
    logout: configured("secure-logout")[0],
  });
  return {
    redirects: redirects["allowed-patterns"],
    refusedAddresses: [...refused["client-uri-fields"], "frontchannelLogoutUrl"],
    authenticators: authenticator["allowed-client-authenticators"],
    trustedHosts: rules["trusted-hosts"]["trusted-hosts"],
    scopes: rules["allowed-client-templates"]["allowed-client-scopes"],
    maxClients: rules["max-clients"]["max-clients"],
    webOrigins: rules["registration-web-origins"]["web-origins"],
  };
}
