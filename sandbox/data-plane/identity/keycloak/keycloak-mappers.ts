import * as z from "zod";
import type { PlannedResource } from "../../../../plan/model.ts";
import type { Target } from "./target.ts";

const mapperInputs = { name: z.string(), realmId: z.string(), clientScopeId: z.string() };
const audienceInputs = z.strictObject({
  ...mapperInputs,
  includedCustomAudience: z.string(),
  addToAccessToken: z.boolean(),
  addToIdToken: z.boolean(),
});

/** Makes the mapper of an audience. */
export function makeAudienceMapper(resource: PlannedResource, target: Target): Promise<string> {
  const { name, includedCustomAudience, addToAccessToken, addToIdToken } = audienceInputs.parse(resource.inputs);
  return makeMapper(resource, target, {
    name,
    protocolMapper: "oidc-audience-mapper",
    config: {
      "included.custom.audience": includedCustomAudience,
      "access.token.claim": String(addToAccessToken),
      "id.token.claim": String(addToIdToken),
    },
  });
}

const claimInputs = z.strictObject({
  ...mapperInputs,
  claimName: z.string(),
  claimValue: z.string(),
  claimValueType: z.string(),
  addToAccessToken: z.boolean(),
});

/** Makes the mapper of a claim that is the same for everybody. */
export function makeClaimMapper(resource: PlannedResource, target: Target): Promise<string> {
  const { name, claimName, claimValue, claimValueType, addToAccessToken } = claimInputs.parse(resource.inputs);
  return makeMapper(resource, target, {
    name,
    protocolMapper: "oidc-hardcoded-claim-mapper",
    config: {
      "claim.name": claimName,
      "claim.value": claimValue,
      "jsonType.label": claimValueType,
      "access.token.claim": String(addToAccessToken),
      // The provider's defaults.
      "id.token.claim": "true",
      "userinfo.token.claim": "true",
    },
  });
}

const personInputs = {
  ...mapperInputs,
  claimName: z.string(),
  claimValueType: z.string(),
  addToAccessToken: z.boolean(),
  addToIdToken: z.boolean(),
  addToUserinfo: z.boolean(),
};
const roleClaimInputs = z.strictObject({ ...personInputs, multivalued: z.boolean() });
const attributeInputs = z.strictObject({ ...personInputs, userAttribute: z.string() });

/** Makes the mapper of a person's roles. */
export function makeRoleMapper(resource: PlannedResource, target: Target): Promise<string> {
  const { multivalued, ...it } = roleClaimInputs.parse(resource.inputs);
  const config = { ...personConfig(it), multivalued: String(multivalued) };
  return makeMapper(resource, target, { name: it.name, protocolMapper: "oidc-usermodel-realm-role-mapper", config });
}

/** Makes the mapper of an attribute of a person, or of her groups. */
export function makeAttributeMapper(resource: PlannedResource, target: Target): Promise<string> {
  const { userAttribute, ...it } = attributeInputs.parse(resource.inputs);
  const config = { ...personConfig(it), "user.attribute": userAttribute };
  return makeMapper(resource, target, { name: it.name, protocolMapper: "oidc-usermodel-attribute-mapper", config });
}

function personConfig(it: z.output<z.ZodObject<typeof personInputs>>): Readonly<Record<string, string>> {
  return {
    "claim.name": it.claimName,
    "jsonType.label": it.claimValueType,
    "access.token.claim": String(it.addToAccessToken),
    "id.token.claim": String(it.addToIdToken),
    "userinfo.token.claim": String(it.addToUserinfo),
  };
}

function makeMapper(
  { propertyDependencies }: PlannedResource,
  { admin, path, ids }: Target,
  mapper: object,
): Promise<string> {
  const scopeId = propertyDependencies?.["clientScopeId"]?.map((it) => ids.get(it)).find((it) => it !== undefined);
  if (scopeId === undefined) throw new TypeError("a mapper must belong to a scope of the plan");
  return admin.post(`${path}/client-scopes/${scopeId}/protocol-mappers/models`, {
    protocol: "openid-connect",
    ...mapper,
  });
}
