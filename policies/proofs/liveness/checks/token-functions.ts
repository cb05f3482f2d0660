import { outputOf } from "../../../engine/output.ts";
import { lookupInAll } from "../../../engine/lookup.ts";
import type { Placed, Platform } from "../../../engine/platform.ts";
import { findBy } from "../../../facts/reach/find.ts";
import { tokenEndpointOf, USER_POOL_DOMAIN } from "../../../facts/identity/token-endpoint.ts";
import { type Host, roleOf, variableOf } from "../../../facts/reach/host.ts";
import type { Call } from "../../../facts/reach/permission.ts";
import { TYPE } from "../../../facts/resource-types.ts";
import { roleChecks } from "./role-checks.ts";
import { readableSecret } from "./secret-checks.ts";
import { cutUnless, type HopCheck } from "./walk.ts";

/** The function that hands out a workload's tokens, in the workload's own stack. */
export function tokenFunctionOf(platform: Platform, host: Host): Placed | undefined {
  const name = variableOf(host, "TOKEN_FUNCTION");
  const { stack } = host.placed;
  return name === undefined ? undefined : functions(platform).find(`${stack.name} ${name}`)[0];
}

const functions = lookupInAll([TYPE.function], ({ resource, stack }) => `${stack.name} ${resource.text("name") ?? ""}`);

/** The id of the client whose tokens a function hands out. */
export function clientIdOf(tokenFunction: Placed | undefined): string | undefined {
  return variableOfFunction(tokenFunction, "CLIENT_ID");
}

/** The id of the client of which a function that rotates secrets knows that the secret is. */
export function clientOfSecret(rotates: Placed | undefined, secretArn: string | undefined): string | undefined {
  const clients = variableOfFunction(rotates, "CLIENTS");
  if (clients === undefined || secretArn === undefined) return undefined;
  try {
    return (JSON.parse(clients) as Readonly<Record<string, string>>)[secretArn];
  } catch {
    return undefined;
  }
}

/** The value of a variable of a function. */
export function variableOfFunction(it: Placed | undefined, name: string): string | undefined {
  return it?.resource.list("environment")[0]?.text("variables", name);
}

/** Whether the client of a function is a machine's that gets tokens for itself, of the pool at whose domain the function asks. */
export function getsTokens(platform: Platform, tokenFunction: Placed): boolean {
  const client = findBy(platform, TYPE.userPoolClient, "id", clientIdOf(tokenFunction))?.resource;
  const url = variableOfFunction(tokenFunction, "TOKEN_URL");
  const pool = client?.text("userPoolId");
  const hosts = domains(platform)
    .all(pool ?? "")
    .map(({ resource }) => tokenEndpointOf(resource));
  return (
    client?.flag("generateSecret") === true &&
    client.flag("allowedOauthFlowsUserPoolClient") === true &&
    client.texts("allowedOauthFlows").includes("client_credentials") &&
    client.texts("allowedOauthScopes").length > 0 &&
    hosts.some((it) => it === url)
  );
}

const domains = lookupInAll([USER_POOL_DOMAIN], ({ resource }) => resource.text("userPoolId"));

/** Whether a secret gets a value: from the function that rotates it, which the deployment calls. No deployment writes one itself. */
export function getsValue(platform: Platform, secret: Placed): boolean {
  const ids = [outputOf(secret.resource, "id"), outputOf(secret.resource, "arn")];
  return secret.stack.ofType(TYPE.secretRotation).some((it) => writesFirstValue(platform, it, ids));
}

function writesFirstValue(platform: Platform, rotation: Placed["resource"], ids: readonly string[]): boolean {
  if (!ids.includes(rotation.text("secretId") ?? "")) return false;
  const rotates = findBy(platform, TYPE.function, "arn", rotation.text("rotationLambdaArn"));
  return rotates !== undefined && isCalledOnce(rotates);
}

/** Whether the deployment calls a function. */
export function isCalledOnce({ resource, stack }: Placed): boolean {
  return stack.ofType(TYPE.lambdaInvocation).some((it) => it.text("functionName") === resource.text("name"));
}

type OwnTokenHop = "outside" | "client" | "secret" | "secret-identity" | "secret-boundary" | "key-policy";

/** The checks that a function, where there is one, gets tokens of its client: from outside the VPC, with the secret that it may read. */
export function ownTokenChecks(
  platform: Platform,
  asked: Placed | undefined,
): { readonly [H in OwnTokenHop]: HopCheck } {
  const role = roleOf(platform, asked?.resource.text("role"));
  const secretArn = variableOfFunction(asked, "CLIENT_SECRET_ARN");
  const { secret, decrypts, keyPolicy } = readableSecret(platform, secretArn);
  const reads = (): readonly Call[] =>
    secretArn === undefined ? [] : [{ action: "secretsmanager:GetSecretValue", resource: secretArn }, ...decrypts()];
  const { identity, boundary } = roleChecks(platform, role, reads);
  const of = (holds: boolean, mend: string) =>
    asked && cutUnless(holds, asked, `"${asked.resource.name}" must ${mend}.`);
  return {
    outside: () => of(asked?.resource.has("vpcConfig") === false, "be in no VPC"),
    client: () =>
      of(asked !== undefined && getsTokens(platform, asked), "ask its pool's domain for a client's own token"),
    secret: () => of(secret !== undefined && getsValue(platform, secret), "name a secret that gets a value"),
    "secret-identity": identity,
    "secret-boundary": boundary,
    "key-policy": keyPolicy(role),
  };
}
