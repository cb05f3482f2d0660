import { CONTROL } from "../engine/frameworks.ts";
import { identityServers, optionOf, podLabelsOf } from "../facts/identity/identity-server.ts";
import { isPrivateRange } from "../facts/network/ip-range.ts";
import { dnsAddressOf } from "../facts/reach/cluster.ts";
import { isFor, selects } from "../facts/reach/network-policy.ts";
import { TYPE } from "../facts/resource-types.ts";
import { restrictsPods } from "../facts/workloads.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, every, some } from "../engine/three-values.ts";
import type { Value } from "../engine/value.ts";

/** The ports of Keycloak's caches: JGroups by TCP, and its failure detection. */
const CACHES = [7800, 57_800];

/** Where EKS Pod Identity hands out credentials on each node. */
const POD_IDENTITY = { cidr: "169.254.170.23/32", port: 80 };
const DNS = 53;

export const identityServersAreClosed = rule({
  premise: 4,
  id: "identity-servers-are-closed",
  severity: "critical",
  description:
    "A Keycloak reaches names, its credentials, its database and its own pods, and nothing that a client makes it ask for; only its trusted proxies reach it, never its metrics.",
  remediation:
    "Close the namespace both ways; let out DNS, 169.254.170.23 on TCP 80, private ranges on the database's port and the caches' ports; let in the trusted proxies on the HTTPS port.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoSegregation, CONTROL.pciNetwork],
  subjects: identityServers,
  judge: [
    (it, stack) => {
      const isClosed = some(policiesOf(it, stack), closesAll);
      return isClosed ? undefined : absent(`"${it.name}" must be in a namespace that is closed both ways.`);
    },
    (it, stack) =>
      every(rulesOf(it, stack, "egress"), (passage) => isNeeded(passage, it, stack))
        ? undefined
        : `"${it.name}" must reach nothing but names, credentials, its database and its own pods.`,
    (it, stack) =>
      every(rulesOf(it, stack, "ingress"), (passage) => isEntry(passage, it))
        ? undefined
        : `"${it.name}" must admit its trusted proxies on its HTTPS port, and its own pods, alone.`,
    (it, stack) => {
      const policies = policiesOf(it, stack);
      const isOpen = (direction: "egress" | "ingress"): boolean =>
        some(policies, (policy) =>
          some(policy.list(`spec.${direction}`), (passage) => isOfCaches(passage, it, direction)),
        );
      return isOpen("egress") && isOpen("ingress")
        ? undefined
        : absent(
            `"${it.name}" must reach its own pods on ${CACHES.join(" and ")}, both ways: they share who is signed in.`,
          );
    },
    (it, stack) => {
      const own = stack
        .ofType(TYPE.namespace)
        .filter((of) => of.text("metadata.name") === it.text("metadata.namespace"));
      return some(own, restrictsPods) ? undefined : absent(`"${it.name}" must be in a namespace that restricts pods.`);
    },
  ],
});

/** The network policies that may be about its pods. */
function policiesOf(it: ResourceView, stack: StackIndex): readonly ResourceView[] {
  const labels = podLabelsOf(it);
  return stack
    .ofType(TYPE.networkPolicy, TYPE.namePolicy)
    .filter(
      (policy) =>
        policy.text("metadata.namespace") === it.text("metadata.namespace") && isFor(policy, labels) !== false,
    );
}

function rulesOf(it: ResourceView, stack: StackIndex, direction: "egress" | "ingress"): readonly Value[] {
  return policiesOf(it, stack).flatMap((policy) => policy.list(`spec.${direction}`));
}

/** Whether a policy selects every pod, and speaks of both directions without letting anything pass. */
function closesAll(policy: ResourceView): boolean {
  if (isFor(policy, {}) !== true) return false;
  const types = policy.texts("spec.policyTypes");
  return (
    ["Ingress", "Egress"].every((type) => types.includes(type)) &&
    ["spec.ingress", "spec.egress"].every((path) => policy.list(path).length === 0)
  );
}

function isNeeded(passage: Value, it: ResourceView, stack: StackIndex): boolean {
  const peers = passage.list("to");
  const ports = numbersOf(passage);
  if (peers.length === 0 || ports === undefined) return false;
  const to = (isRight: (peer: Value) => boolean, allowed: readonly number[]): boolean =>
    ports.every((port) => allowed.includes(port)) && every(peers, isRight);
  return (
    to((peer) => isOfDns(peer, stack), [DNS]) ||
    to((peer) => peer.text("ipBlock.cidr") === POD_IDENTITY.cidr, [POD_IDENTITY.port]) ||
    to((peer) => isPrivateRange(peer.text("ipBlock.cidr") ?? ""), [databasePortOf(it)]) ||
    to((peer) => isOwn(peer, it), CACHES)
  );
}

function isEntry(passage: Value, it: ResourceView): boolean {
  const peers = passage.list("from");
  const ports = numbersOf(passage);
  if (peers.length === 0 || ports === undefined) return false;
  if (ports.every((port) => CACHES.includes(port))) return every(peers, (peer) => isOwn(peer, it));
  const proxies = (optionOf(it, "proxy-trusted-addresses") ?? "").split(",");
  return (
    ports.every((port) => port === Number(optionOf(it, "https-port"))) &&
    every(peers, (peer) => proxies.includes(peer.text("ipBlock.cidr") ?? ""))
  );
}

/** The ports of a rule as numbers; `undefined` where one is a name or a range, or where there is none. */
function numbersOf(passage: Value): readonly number[] | undefined {
  const ports = passage.list("ports").map((it) => (it.has("endPort") ? undefined : it.number("port")));
  const known = ports.filter((it) => it !== undefined);
  return known.length === ports.length && ports.length > 0 ? known : undefined;
}

/** Whether a rule is between the server's own pods, on the ports of their caches. */
function isOfCaches(passage: Value, it: ResourceView, direction: "egress" | "ingress"): boolean {
  const peers = passage.list(direction === "egress" ? "to" : "from");
  const ports = numbersOf(passage) ?? [];
  return CACHES.every((port) => ports.includes(port)) && some(peers, (peer) => isOwn(peer, it));
}

/** A name server: at the address of the cluster's DNS, or a pod of `kube-system`. */
function isOfDns(peer: Value, stack: StackIndex): boolean {
  if (!peer.has("ipBlock"))
    return peer.text("namespaceSelector.matchLabels", "kubernetes.io/metadata.name") === "kube-system";
  const cidr = peer.text("ipBlock.cidr");
  return some(stack.ofType(TYPE.cluster), (resource) => cidr === `${dnsAddressOf({ resource, stack }) ?? ""}/32`);
}

function isOwn(peer: Value, it: ResourceView): boolean {
  if (peer.has("ipBlock") || peer.has("namespaceSelector")) return false;
  const [selector] = peer.list("podSelector");
  const isEveryPod = selector?.entries("matchLabels").length === 0;
  return !isEveryPod && selects(selector, podLabelsOf(it)) === true;
}

/** The port in the JDBC URL of its database. */
function databasePortOf(it: ResourceView): number {
  return Number(/^[^?]*\/\/[^/:?]+:(\d+)\//.exec(optionOf(it, "db-url") ?? "")?.[1]);
}
