import * as keycloak from "@pulumi/keycloak";
import * as pulumi from "@pulumi/pulumi";
import { type Directory, directoryGroups } from "../../environments/callers/directory.ts";

/** What the realm calls the directory; it is in the address to which the directory answers. */
export const DIRECTORY = "company-directory";

/** What becomes of somebody who comes from the directory for the first time. */
const FIRST_SIGN_IN = "company-directory-first-sign-in";

/** Which realm, and whose directory. */
export interface CompanyDirectoryArgs {
  readonly realm: keycloak.Realm;
  /** The base URL of the realm, by which the directory knows it. */
  readonly issuer: pulumi.Input<string>;
  readonly directory: Directory;
}

/**
 * A company's directory as a provider of a realm (SAML 2.0). It says who somebody is, and by a table in which groups of the realm: nothing
 * else that it says counts. Whoever comes for the first time is somebody new, and never an account that is there already (premise 4).
 */
export class CompanyDirectory extends pulumi.ComponentResource {
  constructor(
    name: string,
    { realm, issuer, directory }: CompanyDirectoryArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("alicerce:identity:CompanyDirectory", name, {}, opts);
    const parent = { parent: this };
    const first = firstSignIn(name, realm, parent);
    const provider = new keycloak.saml.IdentityProvider(
      name,
      {
        realm: realm.realm,
        alias: DIRECTORY,
        displayName: directory.name,
        enabled: true,
        entityId: issuer,
        singleSignOnServiceUrl: directory.signOn,
        signingCertificate: directory.certificates.join(),
        validateSignature: true,
        wantAssertionsSigned: true,
        wantAuthnRequestsSigned: true,
        signatureAlgorithm: "RSA_SHA256",
        postBindingAuthnRequest: true,
        postBindingResponse: true,
        nameIdPolicyFormat: "Persistent",
        principalType: "SUBJECT",
        // At each sign-in, so that who leaves a group there leaves it here.
        syncMode: "FORCE",
        trustEmail: false,
        storeToken: false,
        addReadTokenRoleOnCreate: false,
        linkOnly: false,
        firstBrokerLoginFlowAlias: first.flow.alias,
        extraConfig: { idpEntityId: directory.entityId },
      },
      { parent: this, dependsOn: [first.execution] },
    );
    mappers(name, { realm, provider, directory }, parent);
    this.registerOutputs({});
  }
}

interface FirstSignIn {
  readonly flow: keycloak.authentication.Flow;
  readonly execution: keycloak.authentication.Execution;
}

/** One step: an account is made if there is none with that name or address; else the sign-in ends. None is linked. */
function firstSignIn(name: string, realm: keycloak.Realm, opts: pulumi.CustomResourceOptions): FirstSignIn {
  const flow = new keycloak.authentication.Flow(
    name,
    { realmId: realm.id, alias: FIRST_SIGN_IN, providerId: "basic-flow" },
    opts,
  );
  const execution = new keycloak.authentication.Execution(
    name,
    {
      realmId: realm.id,
      parentFlowAlias: flow.alias,
      authenticator: "idp-create-user-if-unique",
      requirement: "REQUIRED",
    },
    opts,
  );
  return { flow, execution };
}

function mappers(
  name: string,
  of: {
    readonly realm: keycloak.Realm;
    readonly provider: keycloak.saml.IdentityProvider;
    readonly directory: Directory;
  },
  opts: pulumi.CustomResourceOptions,
): void {
  const { attributes } = of.directory;
  const mapper = (title: string, identityProviderMapper: string, config: Readonly<Record<string, string>>) =>
    new keycloak.CustomIdentityProviderMapping(
      `${name}-${title}`,
      {
        realm: of.realm.realm,
        identityProviderAlias: of.provider.alias,
        name: title,
        identityProviderMapper,
        extraConfig: { ...config, syncMode: "INHERIT" },
      },
      opts,
    );
  // No name that the directory gives is one that somebody has here.
  mapper("username", "saml-username-idp-mapper", { template: "${ALIAS}.${NAMEID}", target: "LOCAL" });
  for (const [property, attribute] of Object.entries({
    email: attributes.email,
    firstName: attributes.givenName,
    lastName: attributes.familyName,
  }))
    mapper(property, "saml-user-attribute-idp-mapper", { "user.attribute": property, "attribute.name": attribute });
  for (const [i, { theirs, ours }] of directoryGroups(of.directory).entries())
    mapper(`group-${i + 1}`, "saml-advanced-group-idp-mapper", {
      attributes: JSON.stringify([{ key: attributes.groups, value: theirs }]),
      "are.attribute.values.regex": "false",
      group: `/${ours}`,
    });
}
