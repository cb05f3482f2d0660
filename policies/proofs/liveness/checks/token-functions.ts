import { outputOf } from "../../../engine/output.ts";
import { lookupInAll } from "../../../engine/lookup.ts";
import type { Placed, Platform } from "../../../engine/platform.ts";
import { findBy } from "../../../facts/reach/find.ts";
import { type Host, variableOf } from "../../../facts/reach/host.ts";
import { TYPE } from "../../../facts/resource-types.ts";

const DOMAIN = "aws:cognito/userPoolDomain:UserPoolDomain";
const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";

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

/** The value of a variable of a function. */
export function variableOfFunction(it: Placed | undefined, name: string): string | undefined {
  return it?.resource.list("environment")[0]?.text("variables", name);
}

/** Whether the client of a function is a machine's that gets tokens for itself, of the pool at whose domain the function asks. */
export function getsTokens(platform: Platform, tokenFunction: Placed): boolean {
  const client = findBy(platform, CLIENT, "id", clientIdOf(tokenFunction))?.resource;
  const url = variableOfFunction(tokenFunction, "TOKEN_URL");
  const pool = client?.text("userPoolId");
  const hosts = domains(platform)
    .all(pool ?? "")
    .map(
      ({ resource: it }) => `https://${it.text("domain") ?? ""}.auth.${it.region ?? ""}.amazoncognito.com/oauth2/token`,
    );
  return (
    client?.flag("generateSecret") === true &&
    client.flag("allowedOauthFlowsUserPoolClient") === true &&
    client.texts("allowedOauthFlows").includes("client_credentials") &&
    client.texts("allowedOauthScopes").length > 0 &&
    hosts.some((it) => it === url)
  );
}

const domains = lookupInAll([DOMAIN], ({ resource }) => resource.text("userPoolId"));

/** Whether a secret has a value. */
export function hasValue(platform: Platform, { resource }: Placed): boolean {
  const ids = [outputOf(resource, "id"), outputOf(resource, "arn")];
  return ids.some((id) =>
    versions(platform)
      .find(id)
      .some((it) => it.resource.has("secretString")),
  );
}

const versions = lookupInAll(["aws:secretsmanager/secretVersion:SecretVersion"], ({ resource }) =>
  resource.text("secretId"),
);
