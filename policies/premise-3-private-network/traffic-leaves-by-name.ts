import { CONTROL } from "../engine/frameworks.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { every, some } from "../engine/three-values.ts";
import type { Value } from "../engine/value.ts";
import { isPrivateRange } from "../facts/network/ip-range.ts";
import { attachedTo, RANGES, RULE_TYPE } from "../facts/network/security-groups.ts";
import { byOutput, referenceOf, referred } from "../facts/reference.ts";
import { TYPE } from "../facts/resource-types.ts";
import { settingsOf } from "../facts/workloads.ts";

/** Where EKS Pod Identity's agent listens on each node: a link-local address. */
const POD_IDENTITY = "169.254.170.23/32";
const HTTPS = 443;

export const trafficLeavesByName = rule({
  premise: 3,
  id: "traffic-leaves-by-name",
  severity: "critical",
  description:
    "Traffic leaves on one named port to private addresses, and to the internet by HTTPS alone from workloads that are told of addresses there.",
  remediation:
    "Name one port, and private ranges, a prefix list, a security group or labels of pods as the destination.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoNetwork, CONTROL.pciNetwork],
  subjects: { types: [TYPE.securityGroup, RULE_TYPE.egress, TYPE.networkPolicy] },
  judge: [
    (it) =>
      every(waysOut(it), (way) => (it.type === TYPE.networkPolicy ? namesPorts(way) : namesOnePort(way)))
        ? undefined
        : `"${it.name}" must name the port on which traffic leaves.`,
    (it, stack) =>
      every(waysOut(it), (way) =>
        it.type === TYPE.networkPolicy ? staysNear(way) : staysPrivate(way) || asksOutside(way, it, stack),
      )
        ? undefined
        : `"${it.name}" must not let traffic out to addresses that are not private.`,
  ],
});

function waysOut(it: ResourceView): readonly Value[] {
  if (it.type === RULE_TYPE.egress) return [it];
  return it.list(it.type === TYPE.networkPolicy ? "spec.egress" : "egress");
}

function namesOnePort(way: Value): boolean {
  const [from, to] = [way.number("fromPort"), way.number("toPort")];
  return from !== undefined && from > 0 && from === to && /^(?:tcp|udp|6|17)$/.test(protocolOf(way));
}

function protocolOf(way: Value): string {
  return way.text("protocol") ?? way.text("ipProtocol") ?? "";
}

function staysPrivate(way: Value): boolean {
  return every(RANGES, (path) => every(way.list(path), (range) => isPrivateRange(range.text() ?? "")));
}

/** Whether only workloads that are told of an address outside are let out, by HTTPS. */
function asksOutside(way: Value, it: ResourceView, stack: StackIndex): boolean {
  if (way.number("fromPort") !== HTTPS || way.number("toPort") !== HTTPS) return false;
  const group =
    it.type === TYPE.securityGroup
      ? it
      : referred(referenceOf(it, "securityGroupId"), byOutput(TYPE.securityGroup, "id"), stack);
  const attached = group === undefined ? [] : attachedTo(group, stack);
  return attached.length > 0 && every(attached, isToldOfAddresses);
}

function isToldOfAddresses(it: ResourceView): boolean {
  return some(settingsOf(it), ({ name, read }) => name === "BACKENDS" && (read() ?? "").includes("https://"));
}

function namesPorts(way: Value): boolean {
  const ports = way.list("ports");
  return ports.length > 0 && every(ports, (it) => it.at("port") !== undefined && !it.has("endPort"));
}

function staysNear(way: Value): boolean {
  const peers = way.list("to");
  return peers.length > 0 && every(peers, isNear);
}

function isNear(peer: Value): boolean {
  const range = peer.text("ipBlock.cidr");
  if (range !== undefined) return range === POD_IDENTITY || isPrivateRange(range);
  return some(["podSelector", "namespaceSelector"], (path) => peer.entries(`${path}.matchLabels`).length > 0);
}
