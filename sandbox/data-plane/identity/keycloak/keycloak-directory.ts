import * as z from "zod";
import type { PlannedResource } from "../../../../plan/model.ts";
import type { Target } from "./target.ts";

const flowInputs = z.strictObject({ realmId: z.string(), alias: z.string(), providerId: z.string() });

/** Makes a flow of sign-in without steps. */
export async function makeFlow({ inputs }: PlannedResource, { admin, path }: Target): Promise<undefined> {
  const { alias, providerId } = flowInputs.parse(inputs);
  await admin.post(`${path}/authentication/flows`, { alias, providerId, topLevel: true, builtIn: false });
}

const executionInputs = z.strictObject({
  realmId: z.string(),
  parentFlowAlias: z.string(),
  authenticator: z.string(),
  requirement: z.string(),
});

/** Adds a step to a flow, which must then say whether it is required. */
export async function addExecution({ inputs }: PlannedResource, { admin, path }: Target): Promise<undefined> {
  const { parentFlowAlias, authenticator: provider, requirement } = executionInputs.parse(inputs);
  const executions = `${path}/authentication/flows/${parentFlowAlias}/executions`;
  await admin.post(`${executions}/execution`, { provider });
  const all = await admin.get<readonly { readonly providerId: string }[]>(executions);
  await admin.put(executions, { ...all.find((it) => it.providerId === provider), requirement });
}

const settings = {
  entityId: z.string(),
  singleSignOnServiceUrl: z.string(),
  signingCertificate: z.string(),
  validateSignature: z.boolean(),
  wantAssertionsSigned: z.boolean(),
  wantAuthnRequestsSigned: z.boolean(),
  signatureAlgorithm: z.string(),
  postBindingAuthnRequest: z.boolean(),
  postBindingResponse: z.boolean(),
  principalType: z.string(),
  syncMode: z.string(),
};
const providerInputs = z.strictObject({
  ...settings,
  realm: z.string(),
  alias: z.string(),
  displayName: z.string(),
  enabled: z.boolean(),
  trustEmail: z.boolean(),
  storeToken: z.boolean(),
  addReadTokenRoleOnCreate: z.boolean(),
  linkOnly: z.boolean(),
  firstBrokerLoginFlowAlias: z.string(),
  nameIdPolicyFormat: z.literal("Persistent"),
  extraConfig: z.record(z.string(), z.string()),
});

/** Makes a provider by SAML 2.0, whose settings are texts. */
export async function makeSamlProvider({ inputs }: PlannedResource, { admin, path }: Target): Promise<undefined> {
  const { alias, displayName, enabled, extraConfig, ...it } = providerInputs.parse(inputs);
  const { trustEmail, storeToken, addReadTokenRoleOnCreate, linkOnly, firstBrokerLoginFlowAlias } = it;
  const texts = Object.entries(z.object(settings).parse(it)).map(([name, value]) => [name, String(value)]);
  await admin.post(`${path}/identity-provider/instances`, {
    ...{ alias, displayName, enabled, trustEmail, storeToken, addReadTokenRoleOnCreate },
    ...{ linkOnly, firstBrokerLoginFlowAlias, providerId: "saml" },
    config: {
      ...(Object.fromEntries(texts) as object),
      ...extraConfig,
      nameIDPolicyFormat: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
    },
  });
}

const mapperInputs = z.strictObject({
  realm: z.string(),
  identityProviderAlias: z.string(),
  name: z.string(),
  identityProviderMapper: z.string(),
  extraConfig: z.record(z.string(), z.string()),
});

/** Makes what a provider's assertion does to a person. */
export async function makeProviderMapper({ inputs }: PlannedResource, { admin, path }: Target): Promise<undefined> {
  const { identityProviderAlias, name, identityProviderMapper, extraConfig: config } = mapperInputs.parse(inputs);
  const mappers = `${path}/identity-provider/instances/${identityProviderAlias}/mappers`;
  await admin.post(mappers, { name, identityProviderAlias, identityProviderMapper, config });
}
