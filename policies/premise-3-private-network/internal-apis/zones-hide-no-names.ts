import { keycloakHosts } from "../../../contracts/identity/keycloak.ts";
import { internalApisIn, type OwnedApi } from "../../../environments/networks/internal-apis-in.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { every, unlessUnknown } from "../../engine/three-values.ts";
import { byOutput, referenceOf, referred } from "../../facts/reference.ts";

const ZONE = "aws:route53/zone:Zone";
const RECORD = "aws:route53/record:Record";

/** Source: Amazon Route 53 developer guide, "Considerations when working with a private hosted zone": it hides all public names below its own. */
export const zonesHideNoNames = rule({
  premise: 3,
  id: "zones-hide-no-names",
  severity: "critical",
  description:
    "A private zone answers for Keycloak's administration or for one internal API of a tenant, by that API's addresses, and hides no other name of the network.",
  remediation:
    "Give each internal API of the environment's data a zone of its host alone in the region's stack, with one record of its addresses.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoNetwork, CONTROL.pciNetwork],
  subjects: { types: [ZONE, RECORD] },
  judge: [
    (it, stack) => {
      if (it.type !== ZONE || namesOf(it, stack).includes(nameOf(it))) return undefined;
      return `"${it.name}" must be the zone of the environment's domain, or a private one of Keycloak's administration or of an internal API.`;
    },
    (it, stack) => {
      if (it.type !== RECORD) return undefined;
      const zone = zoneOf(it, stack);
      return zone === undefined || !isPrivate(zone) || nameOf(zone) === nameOf(it)
        ? undefined
        : `"${it.name}" must have the name of its private zone.`;
    },
    (it, stack) => {
      const api = it.type === RECORD ? apis(stack).find(({ host }) => isBelow(nameOf(it), host)) : undefined;
      if (api === undefined) return undefined;
      return leadsTo(it, api) && isPrivate(zoneOf(it, stack))
        ? undefined
        : `"${it.name}" must lead to the addresses of the internal API "${api.api}" of "${api.tenant}" alone, in a private zone of its stack.`;
    },
  ],
});

/** The names for which a stack may have a zone of the kind. */
function namesOf(zone: ResourceView, stack: StackIndex): readonly string[] {
  const { address } = stack;
  const { domain } = address.environment;
  if (!isPrivate(zone)) return address.layer === "environment" ? [domain] : [];
  if (address.layer !== "region") return [];
  return [keycloakHosts(address.region, domain).administration, ...apis(stack).map(({ host }) => host)];
}

function apis({ address }: StackIndex): readonly OwnedApi[] {
  return address.layer === "environment" ? [] : internalApisIn(address.environment, address.region);
}

function isPrivate(zone: ResourceView | undefined): boolean {
  return zone !== undefined && zone.list("vpcs").length > 0;
}

/** The zone of the stack in which a record is. An id that is known, and that the program took from none of them, is of no zone that is yet to be made. */
function zoneOf(record: ResourceView, stack: StackIndex): ResourceView | undefined {
  const reference = referenceOf(record, "zoneId");
  const id = knownId(record);
  if (id === undefined || stack.linked(record, reference.input).some(({ type }) => type === ZONE))
    return referred(reference, byOutput(ZONE, "zoneId", "id"), stack);
  return stack.ofType(ZONE).find(({ resource: { outputs } }) => [outputs?.["zoneId"], outputs?.["id"]].includes(id));
}

function knownId(record: ResourceView): string | undefined {
  return unlessUnknown(
    () => record.text("zoneId"),
    () => undefined,
  );
}

function leadsTo(record: ResourceView, { host, addresses }: OwnedApi): boolean {
  const found = record.list("records");
  const isPlain = nameOf(record) === host && record.text("type") === "A" && record.list("aliases").length === 0;
  return isPlain && found.length > 0 && every(found, (it) => addresses.includes(it.text() ?? ""));
}

/** Names of the DNS know no capitals, and may end with a dot. */
function nameOf(it: ResourceView): string {
  return (it.text("name") ?? "").toLowerCase().replace(/\.$/, "");
}

function isBelow(name: string, other: string): boolean {
  return name === other || name.endsWith(`.${other}`);
}
