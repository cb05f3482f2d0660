import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { some } from "../../engine/three-values.ts";
import { bundleOf } from "../../facts/bundle.ts";
import { grantsOf } from "../../facts/grants/documents.ts";
import { TYPE } from "../../facts/resource-types.ts";

const PROVIDER = "aws:cognito/identityProvider:IdentityProvider";

/** What a person may be called; nothing here decides anything. */
const HARMLESS = [
  ...["birthdate", "email", "family_name", "gender", "given_name", "locale", "middle_name", "name", "nickname"],
  ...["phone_number", "picture", "preferred_username", "profile", "username", "website", "zoneinfo"],
];

/** By these a pool says that an address is the person's own. */
const VERIFIED = ["email_verified", "phone_number_verified"];

/** Who issues what a provider is asked with. */
const SECRETS = ["client_secret", "private_key"];

/** Whoever may do one of these says by whom and as whom people sign in. */
const WRITES = [
  "cognito-idp:AdminLinkProviderForUser",
  "cognito-idp:CreateIdentityProvider",
  "cognito-idp:UpdateIdentityProvider",
];

export const providersSayOnlyWhoSomebodyIs = rule({
  premise: 4,
  id: "providers-say-only-who-somebody-is",
  severity: "critical",
  description:
    "A provider outside says who somebody is, and neither a tenant nor a role nor, without its own word for it, that an address is verified. Its secret is in no state, one function alone writes providers, and nobody links accounts.",
  remediation:
    "Leave providers to `SignInProviders` in components/identity, which maps no claim but the one by which the provider knows the person.",
  frameworks: [CONTROL.soc2Registration, CONTROL.isoIdentity, CONTROL.isoAccessRights, CONTROL.pciAuthentication],
  foreign: [PROVIDER],
  subjects: {
    types: [PROVIDER, TYPE.rolePolicy],
    where: (it, stack) => it.type === PROVIDER || stack.tenant !== undefined,
  },
  judge: [
    (it) =>
      mapped(it)
        .filter((name) => !HARMLESS.includes(name) && !VERIFIED.includes(name))
        .map((name) => `"${it.name}" must not let a provider say ${name}.`),
    (it) =>
      mapped(it)
        .filter((name) => VERIFIED.includes(name) && it.text("attributeMapping", name) !== name)
        .map((name) => `"${it.name}" must take ${name} from a provider's ${name} alone.`),
    (it) =>
      it.type === PROVIDER && SECRETS.some((name) => it.at("providerDetails", name) !== undefined)
        ? `"${it.name}" must not keep the secret of a provider in the state.`
        : undefined,
    (it, stack) =>
      it.type !== TYPE.rolePolicy || !some(grantsOf(it), (grant) => WRITES.some((action) => grant.covers(action)))
        ? undefined
        : written(it, stack),
  ],
});

function mapped(it: ResourceView): readonly string[] {
  const mapping = it.type === PROVIDER ? it.at("attributeMapping") : undefined;
  return typeof mapping === "object" && mapping !== null ? Object.keys(mapping) : [];
}

/** What is wrong with a policy by which providers are written. */
function written(it: ResourceView, stack: StackIndex): string | undefined {
  const holders = stack.linked(it, "role").flatMap((role) => stack.referrers(role, TYPE.function, "role"));
  const isOfWriter = holders.length > 0 && holders.every((one) => bundleOf(one) === "sign-in-providers");
  const links = some(grantsOf(it), (grant) => grant.covers(WRITES[0] ?? ""));
  return isOfWriter && !links ? undefined : `"${it.name}" must not let a role say by whom people sign in.`;
}
