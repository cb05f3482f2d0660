import { describe, expect, it } from "vitest";
import { SignInProvidersConfig } from "../../../services/sign-in-providers/config.ts";
import { ACME, resourceOf, resourcesOf, resourcesOfType, variablesOf } from "../plans.ts";

const LUMINA = "production.sa-east-1.lumina-sa";
const NAMES = ["Google", "Clube-Lumina"];
const SECRET = "aws:secretsmanager/secret:Secret";
const FUNCTION = "aws:lambda/function:Function";
const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";
const writer = () => resourceOf(LUMINA, FUNCTION, "sign-in-providers");

describe("the providers by which a tenant's consumers sign in", () => {
  it("are written to the pool by a function that reads secrets by name, so that no state has one", () => {
    const { USER_POOL_ID, PROVIDERS } = SignInProvidersConfig.parse(variablesOf(writer()));
    expect(USER_POOL_ID).toBe(resourceOf(LUMINA, "aws:cognito/userPool:UserPool", "pool").outputs?.["id"]);
    expect(Object.keys(PROVIDERS)).toEqual(NAMES);
    for (const name of NAMES) {
      const secret = resourceOf(LUMINA, SECRET, `sign-in-providers-${name}`);
      expect(secret.inputs).toMatchObject({ name: `alicerce/lumina-sa/sign-in/${name}` });
      expect(PROVIDERS[name]?.secretArn).toBe(secret.outputs?.["arn"]);
    }
    const types = resourcesOf(LUMINA).map(({ type }) => type);
    expect(types).not.toContain("aws:secretsmanager/secretVersion:SecretVersion");
    expect(types).not.toContain("aws:cognito/identityProvider:IdentityProvider");
  });

  it("are known to the pool before the application offers them, and the page offers the same ones", () => {
    const client = resourceOf(LUMINA, CLIENT, "bff-b2c-sign-in");
    expect(client.inputs).toMatchObject({ supportedIdentityProviders: ["COGNITO", ...NAMES] });
    const called = resourceOf(LUMINA, "aws:lambda/invocation:Invocation", "sign-in-providers");
    expect(client.dependencies).toContain(called.urn);
    const [pod] = resourcesOfType(LUMINA, "kubernetes:apps/v1:Deployment").filter(({ name }) => name === "bff-b2c");
    expect(JSON.stringify(pod?.inputs)).toContain(JSON.stringify(JSON.stringify(NAMES)).slice(1, -1));
  });

  it("may be written, and nobody linked, by the role of that function", () => {
    const policy = resourceOf(LUMINA, "aws:iam/rolePolicy:RolePolicy", "sign-in-providers-writes");
    const actions = [...JSON.stringify(policy.inputs).matchAll(/cognito-idp:[A-Z]\w+/g)].map(([it]) => it);
    expect(actions).toEqual(["cognito-idp:CreateIdentityProvider", "cognito-idp:UpdateIdentityProvider"]);
  });

  it("are none for a tenant that names none", () => {
    expect(resourcesOfType(ACME, FUNCTION).map(({ name }) => name)).not.toContain("sign-in-providers");
    expect(resourceOf(ACME, CLIENT, "bff-b2c-sign-in").inputs).toMatchObject({
      supportedIdentityProviders: ["COGNITO"],
    });
  });
});
