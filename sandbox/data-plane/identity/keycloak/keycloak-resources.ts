import * as z from "zod";
import type { PlannedResource } from "../../../../plan/model.ts";
import { POLICY_TYPE } from "../../../../services/registration-guard/default-policies.ts";
import { addExecution, makeFlow, makeProviderMapper, makeSamlProvider } from "./keycloak-directory.ts";
import { makeAttributeMapper, makeAudienceMapper, makeClaimMapper, makeRoleMapper } from "./keycloak-mappers.ts";
import { giveRoles, grantScope, makeGroup, makeRole } from "./keycloak-people.ts";
import type { Target } from "./target.ts";

type Maker = (resource: PlannedResource, target: Target) => Promise<string | undefined>;

/** By type, in the order in which they can be made. */
const MAKERS: { readonly [type: string]: Maker } = {
  "keycloak:index/realm:Realm": makeRealm,
  "keycloak:openid/clientScope:ClientScope": makeScope,
  "keycloak:index/role:Role": makeRole,
  "keycloak:index/group:Group": makeGroup,
  "keycloak:index/groupRoles:GroupRoles": giveRoles,
  "keycloak:index/genericRoleMapper:GenericRoleMapper": grantScope,
  "keycloak:openid/audienceProtocolMapper:AudienceProtocolMapper": makeAudienceMapper,
  "keycloak:openid/hardcodedClaimProtocolMapper:HardcodedClaimProtocolMapper": makeClaimMapper,
  "keycloak:openid/userRealmRoleProtocolMapper:UserRealmRoleProtocolMapper": makeRoleMapper,
  "keycloak:openid/userAttributeProtocolMapper:UserAttributeProtocolMapper": makeAttributeMapper,
  "keycloak:authentication/flow:Flow": makeFlow,
  "keycloak:authentication/execution:Execution": addExecution,
  "keycloak:saml/identityProvider:IdentityProvider": makeSamlProvider,
  "keycloak:index/customIdentityProviderMapping:CustomIdentityProviderMapping": makeProviderMapper,
  "keycloak:index/realmDefaultClientScopes:RealmDefaultClientScopes": setDefaultScopes,
  "keycloak:index/realmOptionalClientScopes:RealmOptionalClientScopes": setOptionalScopes,
  "keycloak:index/realmEvents:RealmEvents": setEvents,
  "keycloak:index/realmClientPolicyProfile:RealmClientPolicyProfile": addProfile,
  "keycloak:index/realmClientPolicyProfilePolicy:RealmClientPolicyProfilePolicy": addPolicy,
  "keycloak:index/realmClientRegistrationPolicy:RealmClientRegistrationPolicy": makeRegistrationPolicy,
};

/** The types that can be made, each after those that it may need. */
export const RESOURCE_ORDER: readonly string[] = Object.keys(MAKERS);

/**
 * Makes one resource by the requests of the provider that makes it in the cloud; answers with its id where it has one. Throws `TypeError`
 * for a type and `ZodError` for an input that is not known here.
 */
export async function makeResource(resource: PlannedResource, target: Target): Promise<string | undefined> {
  const make = MAKERS[resource.type];
  if (make === undefined) throw new TypeError(`${resource.type} cannot be made here`);
  return make(resource, target);
}

/** Durations are written as Go writes them. */
const seconds = z
  .string()
  .regex(/^(?:\d+h)?\d+m\d+s$/)
  .transform((it) => (it.match(/\d+/g) ?? []).reduce((sum, part) => sum * 60 + Number(part), 0));

const realmInputs = z.strictObject({
  realm: z.string(),
  enabled: z.boolean(),
  displayName: z.string(),
  sslRequired: z.string(),
  registrationAllowed: z.boolean(),
  loginWithEmailAllowed: z.boolean(),
  duplicateEmailsAllowed: z.boolean(),
  accessTokenLifespan: seconds,
  revokeRefreshToken: z.boolean(),
  refreshTokenMaxReuse: z.number(),
  offlineSessionIdleTimeout: seconds,
  offlineSessionMaxLifespanEnabled: z.boolean(),
  offlineSessionMaxLifespan: seconds,
  defaultSignatureAlgorithm: z.string(),
  passwordPolicy: z.string(),
  securityDefenses: z.strictObject({
    bruteForceDetection: z.strictObject({
      permanentLockout: z.boolean(),
      maxLoginFailures: z.number(),
      waitIncrementSeconds: z.number(),
    }),
  }),
});

async function makeRealm({ inputs }: PlannedResource, { admin }: Target): Promise<undefined> {
  const { securityDefenses, ...realm } = realmInputs.parse(inputs);
  const { permanentLockout, maxLoginFailures, waitIncrementSeconds } = securityDefenses.bruteForceDetection;
  await admin.post("/realms", {
    id: realm.realm,
    ...realm,
    bruteForceProtected: true,
    permanentLockout,
    failureFactor: maxLoginFailures,
    waitIncrementSeconds,
  });
}

const eventInputs = z.strictObject({
  realmId: z.string(),
  eventsEnabled: z.boolean(),
  enabledEventTypes: z.array(z.string()),
  eventsExpiration: z.number(),
  eventsListeners: z.array(z.string()),
  adminEventsEnabled: z.boolean(),
  adminEventsDetailsEnabled: z.boolean(),
});

async function setEvents({ inputs }: PlannedResource, { admin, path }: Target): Promise<undefined> {
  const events = eventInputs.parse(inputs);
  await admin.put(`${path}/events/config`, { ...events, realmId: undefined });
}

const scopeInputs = z.strictObject({ name: z.string(), includeInTokenScope: z.boolean(), realmId: z.string() });

function makeScope({ inputs }: PlannedResource, { admin, path }: Target): Promise<string> {
  const { name, includeInTokenScope } = scopeInputs.parse(inputs);
  return admin.post(`${path}/client-scopes`, {
    name,
    protocol: "openid-connect",
    attributes: { "include.in.token.scope": String(includeInTokenScope), "display.on.consent.screen": "true" },
  });
}

const defaultInputs = z.strictObject({ realmId: z.string(), defaultScopes: z.array(z.string()) });
const optionalInputs = z.strictObject({ realmId: z.string(), optionalScopes: z.array(z.string()) });

function setDefaultScopes({ inputs }: PlannedResource, target: Target): Promise<undefined> {
  return setScopes("default", defaultInputs.parse(inputs).defaultScopes, target);
}

function setOptionalScopes({ inputs }: PlannedResource, target: Target): Promise<undefined> {
  return setScopes("optional", optionalInputs.parse(inputs).optionalScopes, target);
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Makes these, and no others, the scopes that every client has, or may ask for. */
async function setScopes(
  kind: "default" | "optional",
  names: readonly string[],
  { admin, path }: Target,
): Promise<undefined> {
  const list = `${path}/default-${kind}-client-scopes`;
  const present = await admin.get<readonly Named[]>(list);
  for (const { id, name } of present) if (!names.includes(name)) await admin.delete(`${list}/${id}`);
  const scopes = await admin.get<readonly Named[]>(`${path}/client-scopes`);
  for (const name of names.filter((it) => !present.some((scope) => scope.name === it))) {
    const scope = scopes.find((it) => it.name === name);
    if (scope === undefined) throw new TypeError(`there is no scope "${name}"`);
    await admin.put(`${list}/${scope.id}`);
  }
}

const configuration = z
  .record(z.string(), z.string())
  .transform((it) => Object.fromEntries(Object.entries(it).map(([name, value]) => [name, decoded(value)])));

/** Lists and objects are written as JSON, which the provider reads. */
function decoded(value: string): unknown {
  return /^[[{]/.test(value) ? (JSON.parse(value) as unknown) : value;
}

const profileInputs = z.strictObject({
  realmId: z.string(),
  name: z.string(),
  description: z.string(),
  executors: z.array(z.strictObject({ name: z.string(), configuration: configuration.default({}) })),
});

async function addProfile({ inputs }: PlannedResource, { admin, path }: Target): Promise<undefined> {
  const { name, description, executors } = profileInputs.parse(inputs);
  const present = await admin.get<{ readonly profiles: readonly object[] }>(`${path}/client-policies/profiles`);
  const profile = {
    name,
    description,
    executors: executors.map((it) => ({ executor: it.name, configuration: it.configuration })),
  };
  await admin.put(`${path}/client-policies/profiles`, { profiles: [...present.profiles, profile] });
}

const policyInputs = z.strictObject({
  realmId: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  profiles: z.array(z.string()),
  conditions: z.array(z.strictObject({ name: z.string(), configuration })),
});

async function addPolicy({ inputs }: PlannedResource, { admin, path }: Target): Promise<undefined> {
  const { name, enabled, profiles, conditions } = policyInputs.parse(inputs);
  const present = await admin.get<{ readonly policies: readonly object[] }>(`${path}/client-policies/policies`);
  const policy = {
    name,
    enabled,
    profiles,
    conditions: conditions.map((it) => ({ condition: it.name, configuration: it.configuration })),
  };
  await admin.put(`${path}/client-policies/policies`, { policies: [...present.policies, policy] });
}

const registrationInputs = z.strictObject({
  realmId: z.string(),
  name: z.string(),
  providerId: z.string(),
  subType: z.string(),
  config: z.record(z.string(), z.string()).optional(),
});

/** What is a list, Keycloak itself knows; lists are comma-joined in the plan. */
async function makeRegistrationPolicy({ inputs }: PlannedResource, { admin, path }: Target): Promise<string> {
  const { realmId, providerId, config = {}, ...policy } = registrationInputs.parse(inputs);
  const lists = await admin.listsOf(POLICY_TYPE, providerId);
  const values = Object.entries(config).map(([name, it]) => [name, lists.includes(name) ? it.split(",") : [it]]);
  return admin.post(`${path}/components`, {
    ...policy,
    providerId,
    providerType: POLICY_TYPE,
    parentId: realmId,
    config: Object.fromEntries(values) as object,
  });
}
