import { TAG } from "../../contracts/tags.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { AUTHORIZER, issuerOf } from "../facts/identity/issuers.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent } from "../engine/three-values.ts";

export const internalGatewaysTrustTheRealm = rule({
  premise: 4,
  id: "internal-gateways-trust-the-realm",
  severity: "high",
  description:
    "Developers' tools reach MCP servers with tokens of the tenant's Keycloak realm that were issued for its gateway.",
  remediation: "Set `discoveryUrl` to the realm's, and `allowedAudiences` to the gateway's URL.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAuthentication],
  subjects: { types: [TYPE.gateway], where: (it, stack) => !isForMachines(it, stack) },
  judge: [
    (it, stack) => {
      if (stack.ofType(TYPE.realm).length === 0)
        return absent(`"${it.name}" must have a Keycloak realm in its own stack.`);
      return issuerOf(it, stack)?.type === TYPE.realm
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

/** Whether a gateway serves registered clients of the stack's user pool for consumers or partners; whatever does not prove it is internal. */
function isForMachines(it: ResourceView, stack: StackIndex): boolean {
  if (!["b2b", "b2c"].includes(it.tag(TAG.scenario) ?? "")) return false;
  return issuerOf(it, stack)?.type === TYPE.userPool && it.list(`${AUTHORIZER}.allowedClients`).length > 0;
}
