import { CONTROL } from "../engine/frameworks.ts";
import { AUTHORIZER } from "../facts/identity/issuers.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { every } from "../engine/three-values.ts";

/** Inputs that restrict the tokens of an issuer to those meant for one gateway. */
const RESTRICTIONS = ["allowedAudiences", "allowedClients"];

export const gatewaysAuthenticateCallers = rule({
  premise: 1,
  id: "gateways-authenticate-callers",
  severity: "critical",
  description:
    "A gateway serves only callers with a token that was issued for it; in stacks of others also those that sign as roles.",
  remediation: "Set `authorizerType` to CUSTOM_JWT, and `discoveryUrl` with `allowedAudiences` or `allowedClients`.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAuthentication, CONTROL.pciAuthentication, CONTROL.gdprSecurity],
  subjects: { types: [TYPE.gateway] },
  foreign: "all",
  judge: [
    (it, stack) =>
      it.text("authorizerType") === "CUSTOM_JWT" || asksIam(it, stack)
        ? undefined
        : `"${it.name}" must have the authorizer CUSTOM_JWT.`,
    (it, stack) =>
      asksIam(it, stack) || isDiscoveryUrl(it.text(`${AUTHORIZER}.discoveryUrl`))
        ? undefined
        : `"${it.name}" must name its issuer by an https discovery URL.`,
    (it, stack) =>
      asksIam(it, stack) || isRestricted(it)
        ? undefined
        : `"${it.name}" must name the audiences or clients whose tokens it accepts.`,
  ],
});

/** Whether IAM lets callers in, by whom it grants the invocation. Our own callers say whose they are by a token, which has a tenant and scopes. */
function asksIam(it: ResourceView, stack: StackIndex): boolean {
  return !stack.isOurs && it.text("authorizerType") === "AWS_IAM";
}

/** Whether there is a restriction, and each names one audience or client: neither an empty text nor a pattern does. */
function isRestricted(it: ResourceView): boolean {
  const named = RESTRICTIONS.flatMap((restriction) => it.list(`${AUTHORIZER}.${restriction}`));
  return named.length > 0 && every(named, (each) => /^[^\s*]+$/.test(each.text() ?? ""));
}

function isDiscoveryUrl(url: string | undefined): boolean {
  return url !== undefined && /^https:\/\/[^/]+\/.*\.well-known\/openid-configuration$/.test(url);
}
