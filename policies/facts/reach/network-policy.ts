import type { Placed } from "../../engine/platform.ts";
import { some } from "../../engine/three-values.ts";
import type { Value } from "../../engine/value.ts";
import { contains } from "../../../contracts/network/address-range.ts";

/** A pod as network policies see it. */
export interface Pod {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Where a packet goes to, or comes from: an address, an address that a name was resolved to, or pods. */
export type Peer = { readonly address: string } | { readonly name: string } | { readonly pod: Pod };

/** The protocol and the port of a packet. */
export interface Port {
  readonly protocol: "TCP" | "UDP";
  readonly number: number;
}

type Direction = "egress" | "ingress";

/**
 * Whether these network policies let a pod's packets pass. A selector, a peer or a port that is not understood lets nothing pass, and
 * still isolates. Policies by name (networking.k8s.aws/v1alpha1) isolate as all others (networking.k8s.io/v1), and let pass beside them.
 */
export function passes(
  policies: readonly Placed[],
  direction: Direction,
  { pod, peer, port }: { readonly pod: Pod; readonly peer: Peer; readonly port: Port },
): boolean {
  const ofPod = policies.filter(
    ({ resource }) => namespaceOf(resource) === pod.namespace && isTyped(resource, direction),
  );
  const isolating = ofPod.filter(({ resource }) => isFor(resource, pod.labels) !== false);
  if (isolating.length === 0) return true;
  return some(isolating, ({ resource }) => {
    if (isFor(resource, pod.labels) !== true) return false;
    return some(
      resource.list(`spec.${direction}`),
      (rule) => admitsPort(rule, port) && admitsPeer(rule, direction, peer, pod),
    );
  });
}

function namespaceOf(policy: Value): string {
  return policy.text("metadata.namespace") ?? "default";
}

/** Whether a policy speaks of a direction; without `policyTypes` it speaks of ingress, and of egress where it has rules for it. */
function isTyped(policy: Value, direction: Direction): boolean {
  const types = policy.texts("spec.policyTypes").map((it) => it.toLowerCase());
  return types.length === 0 ? direction === "ingress" || policy.has("spec.egress") : types.includes(direction);
}

/** Whether a policy is for pods with these labels, as it is for every pod where it has no selector; `undefined` when it has expressions. */
export function isFor(policy: Value, labels: Readonly<Record<string, string>>): boolean | undefined {
  const [selector] = policy.list("spec.podSelector");
  return selector === undefined || selects(selector, labels);
}

/** Whether a selector selects what has these labels; `undefined` when it has expressions. */
export function selects(selector: Value | undefined, labels: Readonly<Record<string, string>>): boolean | undefined {
  if (selector === undefined) return false;
  const matches = selector.entries("matchLabels").every(([key, value]) => labels[key] === value.text());
  return matches && selector.list("matchExpressions").length > 0 ? undefined : matches;
}

function admitsPort(rule: Value, { protocol, number }: Port): boolean {
  const ports = rule.list("ports");
  return ports.length === 0 || some(ports, (it) => (it.text("protocol") ?? "TCP") === protocol && spans(it, number));
}

function spans(port: Value, number: number): boolean {
  if (!port.has("port")) return true;
  const first = port.number("port");
  return first !== undefined && first <= number && number <= (port.number("endPort") ?? first);
}

function admitsPeer(rule: Value, direction: Direction, peer: Peer, pod: Pod): boolean {
  const peers = rule.list(direction === "egress" ? "to" : "from");
  if (peers.length === 0) return true;
  return some(peers, (it) => {
    if ("name" in peer) return some(it.texts("domainNames"), (name) => standsFor(name, peer.name));
    return "address" in peer ? isInBlock(it, peer.address) : isSelected(it, peer.pod, pod.namespace);
  });
}

/** Whether a policy's name is this host: `*` stands for one or more labels, and only in front. */
function standsFor(name: string, host: string): boolean {
  return name === host || (name.startsWith("*.") && host.endsWith(name.slice(1)));
}

function isInBlock(peer: Value, address: string): boolean {
  const cidr = peer.text("ipBlock.cidr");
  return (
    cidr !== undefined && contains(cidr, address) && !some(peer.texts("ipBlock.except"), (it) => contains(it, address))
  );
}

function isSelected(peer: Value, pod: Pod, own: string): boolean {
  if (peer.has("ipBlock") || peer.has("domainNames")) return false;
  const [namespaces] = peer.list("namespaceSelector");
  const inNamespace =
    namespaces === undefined
      ? pod.namespace === own
      : selects(namespaces, { "kubernetes.io/metadata.name": pod.namespace }) === true;
  const [pods] = peer.list("podSelector");
  return inNamespace && (pods === undefined || selects(pods, pod.labels) === true);
}
