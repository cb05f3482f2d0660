import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";

const AUTHORIZER = "authorizerConfiguration.customJwtAuthorizer";

/** Inputs that restrict the tokens of an issuer to those meant for one gateway. */
const RESTRICTIONS = ["allowedAudiences", "allowedClients"];

export const gatewaysAuthenticateCallers = rule({
  premise: 1,
  id: "gateways-authenticate-callers",
  severity: "critical",
  description: "A gateway serves only callers with a token that was issued for it.",
  remediation: "Set `authorizerType` to CUSTOM_JWT, and `discoveryUrl` with `allowedAudiences` or `allowedClients`.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAuthentication, CONTROL.pciAuthentication, CONTROL.gdprSecurity],
  subjects: { types: [TYPE.gateway] },
  foreign: "all",
  judge: [
    (it) =>
      it.text("authorizerType") === "CUSTOM_JWT" ? undefined : `"${it.name}" must have the authorizer CUSTOM_JWT.`,
    (it) =>
      isDiscoveryUrl(it.text(`${AUTHORIZER}.discoveryUrl`))
        ? undefined
        : `"${it.name}" must name its issuer by an https discovery URL.`,
    (it) =>
      RESTRICTIONS.some((restriction) => it.list(`${AUTHORIZER}.${restriction}`).length > 0)
        ? undefined
        : `"${it.name}" must name the audiences or clients whose tokens it accepts.`,
  ],
});

function isDiscoveryUrl(url: string | undefined): boolean {
  return url !== undefined && /^https:\/\/[^/]+\/.*\.well-known\/openid-configuration$/.test(url);
}
