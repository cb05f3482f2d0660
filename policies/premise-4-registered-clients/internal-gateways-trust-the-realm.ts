import { TAG } from "../../contracts/tags.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { discoveryUrls } from "../facts/realm.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import { absent } from "../engine/three-values.ts";

const AUTHORIZER = "authorizerConfiguration.customJwtAuthorizer";

export const internalGatewaysTrustTheRealm = rule({
  premise: 4,
  id: "internal-gateways-trust-the-realm",
  severity: "high",
  description:
    "Developers' tools reach MCP servers with tokens of the tenant's Keycloak realm that were issued for its gateway.",
  remediation: "Set `discoveryUrl` to the realm's, and `allowedAudiences` to the gateway's URL.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAuthentication],
  subjects: { types: [TYPE.gateway], where: (it) => it.tag(TAG.scenario) === "internal" },
  judge: [
    (it, stack) => {
      const urls = discoveryUrls(stack);
      if (urls.length === 0) return absent(`"${it.name}" must have a Keycloak realm in its own stack.`);
      const trusted = it.text(`${AUTHORIZER}.discoveryUrl`);
      return trusted !== undefined && urls.includes(trusted)
        ? undefined
        : `"${it.name}" must trust the Keycloak realm of its own stack.`;
    },
    // The ids of self-registered clients cannot be known in advance, so their tokens are restricted by audience.
    (it) =>
      it.list(`${AUTHORIZER}.allowedAudiences`).length > 0
        ? undefined
        : `"${it.name}" must accept only tokens whose audience is named.`,
  ],
});
