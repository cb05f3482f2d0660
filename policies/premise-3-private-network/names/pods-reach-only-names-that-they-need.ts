import { CONTROL } from "../../engine/frameworks.ts";
import { candidates } from "../../engine/lookup.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { absent, every } from "../../engine/three-values.ts";
import type { Value } from "../../engine/value.ts";
import { publicNamesOf } from "../../facts/network/public-names.ts";
import { selects } from "../../facts/reach/network-policy.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { POD_TYPES, podPathOf } from "../../facts/workloads.ts";

const HTTPS = 443;

/** Source: the definition of the resource in Amazon's network policy controller; a name has no wildcard here, which would stand for hosts of others. */
export const podsReachOnlyNamesThatTheyNeed = rule({
  premise: 3,
  id: "pods-reach-only-names-that-they-need",
  severity: "critical",
  description:
    "A network policy by name lets pods out, by HTTPS, to hosts that each of them needs: those of its tenant's user pool, without wildcards.",
  remediation:
    "Select the pods of one workload by its labels, and name the hosts of the user pool that the workload believes.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoNetwork, CONTROL.pciNetwork],
  subjects: { types: [TYPE.namePolicy] },
  judge: [
    (it) =>
      it.list("spec.ingress").length === 0 && speaksOfEgressAlone(it)
        ? undefined
        : `"${it.name}" must speak of nothing but what leaves.`,
    (it, stack) =>
      selectedBy(it, stack).length > 0
        ? undefined
        : absent(`"${it.name}" must select pods of the stack, by labels alone.`),
    (it) =>
      every(it.list("spec.egress"), byHttps) ? undefined : `"${it.name}" must let pods out to names, by HTTPS alone.`,
    (it, stack) => strayName(it, stack),
    (it, stack) =>
      policiesNamed(stack, () => it.text("metadata.name")).some((other) => isNamedAlike(it, other))
        ? `"${it.name}" must have a name that no other network policy of its namespace has.`
        : undefined,
  ],
});

function speaksOfEgressAlone(it: ResourceView): boolean {
  const types = it.texts("spec.policyTypes");
  return types.length === 1 && types[0] === "Egress";
}

/** The workloads whose pods a policy selects; one that may select others by expressions selects none. */
function selectedBy(policy: ResourceView, stack: StackIndex): readonly ResourceView[] {
  const [selector] = policy.list("spec.podSelector");
  if (selector === undefined || selector.entries("matchLabels").length === 0) return [];
  return podsIn(stack, () => policy.text("metadata.namespace")).filter(
    (it) =>
      it.text("metadata.namespace") === policy.text("metadata.namespace") &&
      selects(selector, podLabelsOf(it)) === true,
  );
}

const podsIn = candidates(POD_TYPES, (it) => [it.text("metadata.namespace")]);
const policiesNamed = candidates([TYPE.networkPolicy], (it) => [it.text("metadata.name")]);

function podLabelsOf(it: ResourceView): Readonly<Record<string, string>> {
  const path = podPathOf(it).replace(/\.?spec$/, "");
  const labels = it.entries(path === "" ? "metadata.labels" : `${path}.metadata.labels`);
  return Object.fromEntries(labels.map(([key, value]) => [key, value.text() ?? ""]));
}

function strayName(policy: ResourceView, stack: StackIndex): string | undefined {
  const names = policy
    .list("spec.egress")
    .flatMap((way) => way.list("to").flatMap((peer) => peer.texts("domainNames")));
  for (const workload of selectedBy(policy, stack)) {
    const needed = publicNamesOf(workload, stack);
    const stray = names.find((it) => !needed.includes(it));
    if (stray !== undefined)
      return `"${policy.name}" must not let "${workload.name}" out to "${stray}", which it does not need.`;
  }
  return undefined;
}

function byHttps(way: Value): boolean {
  const [peers, ports] = [way.list("to"), way.list("ports")];
  return (
    peers.length > 0 &&
    every(peers, (peer) => peer.texts("domainNames").length > 0 && !hasOthers(peer)) &&
    ports.length > 0 &&
    every(ports, isHttps)
  );
}

function hasOthers(peer: Value): boolean {
  return peer.has("ipBlock") || peer.has("podSelector") || peer.has("namespaceSelector");
}

function isHttps(port: Value): boolean {
  return !port.has("endPort") && (port.text("protocol") ?? "TCP") === "TCP" && port.number("port") === HTTPS;
}

function isNamedAlike(it: ResourceView, other: ResourceView): boolean {
  return ["metadata.name", "metadata.namespace"].every((path) => it.text(path) === other.text(path));
}
