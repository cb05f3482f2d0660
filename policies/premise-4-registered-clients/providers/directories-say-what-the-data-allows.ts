import { isRecord } from "../../../contracts/json.ts";
import { type Directory, directoryGroups } from "../../../environments/callers/directory.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { absent } from "../../engine/three-values.ts";

const PROVIDER = "keycloak:saml/identityProvider:IdentityProvider";
const MAPPER = "keycloak:index/customIdentityProviderMapping:CustomIdentityProviderMapping";
const EXECUTION = "keycloak:authentication/execution:Execution";

/** What a person is called; nothing here decides anything. */
const PROPERTIES = { email: "email", firstName: "givenName", lastName: "familyName" } as const;

export const directoriesSayWhatTheDataAllows = rule({
  premise: 4,
  id: "directories-say-what-the-data-allows",
  severity: "critical",
  description:
    "Of directories a realm believes the company's alone, by its own signature, and of what that one says who somebody is and, by the table of the tenant's data, in which groups. Who comes for the first time is somebody new: an account that is there already is linked with nobody.",
  remediation:
    "Describe the directory in `directory` of the tenant's data, and leave its resources to `CompanyDirectory` in components/identity.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoIdentity, CONTROL.isoAccessRights, CONTROL.isoAuthentication],
  subjects: { types: [PROVIDER, MAPPER, EXECUTION] },
  judge: [
    (it, stack) =>
      it.type !== PROVIDER || isOfData(it, directoryOf(stack))
        ? undefined
        : `"${it.name}" must be the directory of the tenant's data, by its address and its certificates.`,
    (it, stack) => {
      if (it.type !== PROVIDER) return undefined;
      const flow = it.text("firstBrokerLoginFlowAlias");
      const steps = stack.ofType(EXECUTION).filter((one) => one.text("parentFlowAlias") === flow);
      return steps.length > 0 ? undefined : absent(`"${it.name}" must have a flow of its own for a first sign-in.`);
    },
    (it) =>
      it.type !== EXECUTION ||
      (it.text("authenticator") === "idp-create-user-if-unique" && it.text("requirement") === "REQUIRED")
        ? undefined
        : `"${it.name}" must make an account where there is none, and do nothing else.`,
    (it, stack) =>
      it.type !== MAPPER || isAllowed(it, directoryOf(stack))
        ? undefined
        : `"${it.name}" must take from the directory what the tenant's data allows, and nothing else.`,
  ],
});

function directoryOf({ address }: StackIndex): Directory | undefined {
  return address.layer === "tenant" ? address.tenant.directory : undefined;
}

/** Whether the settings that have no name of their own in Pulumi are these, and no others. */
function isConfig(it: ResourceView, expected: Readonly<Record<string, string>>): boolean {
  const config = it.at("extraConfig");
  const names = isRecord(config) ? Object.keys(config) : [];
  return (
    names.length === Object.keys(expected).length &&
    Object.entries(expected).every(([name, value]) => it.text("extraConfig", name) === value)
  );
}

function isOfData(it: ResourceView, directory: Directory | undefined): boolean {
  return (
    directory !== undefined &&
    it.text("entityId")?.endsWith(`/realms/${it.text("realm") ?? ""}`) === true &&
    isConfig(it, { idpEntityId: directory.entityId }) &&
    it.text("singleSignOnServiceUrl") === directory.signOn &&
    it.text("signingCertificate") === directory.certificates.join()
  );
}

/** Whether a mapper gives a person a name of its own, a property, or a group by a row of the table. */
function isAllowed(it: ResourceView, directory: Directory | undefined): boolean {
  if (directory === undefined) return false;
  const { attributes } = directory;
  const inherited = { syncMode: "INHERIT" };
  switch (it.text("identityProviderMapper")) {
    case "saml-username-idp-mapper":
      return isConfig(it, { ...inherited, template: "${ALIAS}.${NAMEID}", target: "LOCAL" });
    case "saml-user-attribute-idp-mapper":
      return Object.entries(PROPERTIES).some(([property, name]) =>
        isConfig(it, { ...inherited, "user.attribute": property, "attribute.name": attributes[name] }),
      );
    case "saml-advanced-group-idp-mapper":
      return directoryGroups(directory).some(({ theirs, ours }) =>
        isConfig(it, {
          ...inherited,
          attributes: JSON.stringify([{ key: attributes.groups, value: theirs }]),
          "are.attribute.values.regex": "false",
          group: `/${ours}`,
        }),
      );
    default:
      return false;
  }
}
