import { describe, expect, it } from "vitest";
import type { Placed } from "../../../../policies/engine/platform.ts";
import { ResourceView } from "../../../../policies/engine/resource-view.ts";
import { StackIndex } from "../../../../policies/engine/stack-index.ts";
import { passes, type Peer } from "../../../../policies/facts/reach/network-policy.ts";
import { TODAY } from "../../../support/rule-tester.ts";

const stack = new StackIndex({ stack: "production", complete: true, resources: [] }, TODAY);

function policy(spec: object, namespace = "acme"): Placed {
  const inputs = { metadata: { namespace, name: "one" }, spec };
  const planned = { urn: "urn", type: "policy", name: "one", custom: true, inputs, dependencies: [] };
  return { resource: new ResourceView(planned, () => undefined), stack };
}

const POD = { namespace: "acme", labels: { app: "a", kind: "agent" } };
const PORT = { protocol: "TCP", number: 443 } as const;
const CLOSED = policy({ podSelector: {}, policyTypes: ["Egress"] });

const sends = (spec: object | undefined, peer: Peer = { address: "10.0.0.1" }, port = PORT): boolean =>
  passes([CLOSED, ...(spec === undefined ? [] : [policy(spec)])], "egress", { pod: POD, peer, port });

const to = (peer: object, port: object = { protocol: "TCP", port: 443 }): object => ({
  podSelector: {},
  policyTypes: ["Egress"],
  egress: [{ to: [peer], ports: [port] }],
});
const block = { ipBlock: { cidr: "10.0.0.0/16" } };

describe("network policies", () => {
  it("isolate nothing that they do not select", () => {
    expect(passes([], "egress", { pod: POD, peer: { address: "10.0.0.1" }, port: PORT })).toBe(true);
    expect(
      passes([policy({ podSelector: {}, policyTypes: ["Egress"] }, "other")], "egress", {
        pod: POD,
        peer: { address: "10.0.0.1" },
        port: PORT,
      }),
    ).toBe(true);
    expect(passes([CLOSED], "ingress", { pod: POD, peer: { pod: POD }, port: PORT })).toBe(true);
    expect(sends(undefined)).toBe(false);
  });

  it("speak of ingress, and of egress only by its rules, where they name no types", () => {
    expect(
      passes([policy({ podSelector: {} })], "egress", { pod: POD, peer: { address: "10.0.0.1" }, port: PORT }),
    ).toBe(true);
    expect(passes([policy({ podSelector: {} })], "ingress", { pod: POD, peer: { pod: POD }, port: PORT })).toBe(false);
  });

  it.each<[string, object]>([
    ["an empty selector", { podSelector: {} }],
    ["no selector", {}],
    ["a selector of null", { podSelector: null }],
  ])("are for every pod by %s", (_, selector) => {
    const packet = { pod: POD, peer: { address: "10.0.0.1" }, port: PORT } as const;
    const closed = policy({ ...selector, policyTypes: ["Egress"] });
    const opened = policy({ ...selector, policyTypes: ["Egress"], egress: [{ to: [block] }] });
    expect(passes([closed], "egress", packet)).toBe(false);
    expect(passes([opened], "egress", packet)).toBe(true);
    expect(passes([CLOSED, opened], "egress", packet)).toBe(true);
  });

  it.each<[string, object, boolean]>([
    ["a range that holds the address", to(block), true],
    ["a range that does not", to({ ipBlock: { cidr: "10.1.0.0/16" } }), false],
    ["a range without the address", to({ ipBlock: { cidr: "10.0.0.0/8", except: ["10.0.0.0/24"] } }), false],
    ["a range of IPv6", to({ ipBlock: { cidr: "::/0" } }), false],
    ["another port", to(block, { protocol: "TCP", port: 80 }), false],
    ["another protocol", to(block, { protocol: "UDP", port: 443 }), false],
    ["a range of ports", to(block, { protocol: "TCP", port: 400, endPort: 500 }), true],
    ["a named port, which no address has", to(block, { protocol: "TCP", port: "https" }), false],
    ["every port", { podSelector: {}, policyTypes: ["Egress"], egress: [{ to: [block] }] }, true],
    ["everybody", { podSelector: {}, policyTypes: ["Egress"], egress: [{}] }, true],
    ["pods, which an address is not", to({ podSelector: {}, namespaceSelector: {} }), false],
    ["other pods only", { ...to(block), podSelector: { matchLabels: { app: "b" } } }, false],
    [
      "a selector with expressions",
      { ...to(block), podSelector: { matchExpressions: [{ key: "app", operator: "Exists" }] } },
      false,
    ],
  ])("let an address be reached by %s: %#", (_, spec, expected) => {
    expect(sends(spec)).toBe(expected);
  });

  it.each<[string, object, boolean]>([
    ["by labels in the own namespace", { podSelector: { matchLabels: { app: "b" } } }, true],
    ["by other labels", { podSelector: { matchLabels: { app: "c" } } }, false],
    [
      "by the name of the namespace",
      { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "acme" } } },
      true,
    ],
    [
      "in another namespace",
      { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "other" } }, podSelector: {} },
      false,
    ],
    ["by a range of addresses, which a pod is not", { ipBlock: { cidr: "0.0.0.0/0" } }, false],
  ])("let a pod be reached %s", (_, peer, expected) => {
    expect(sends(to(peer), { pod: { namespace: "acme", labels: { app: "b" } } })).toBe(expected);
  });

  it.each<[string, object, boolean]>([
    ["by itself", { domainNames: ["other.example", "pool.example"] }, true],
    ["by another name", { domainNames: ["pool.example.evil"] }, false],
    ["by a wildcard before its last labels", { domainNames: ["*.example"] }, true],
    ["by a wildcard before itself, which stands for names below it", { domainNames: ["*.pool.example"] }, false],
    ["by a wildcard that ends within a label", { domainNames: ["*ool.example"] }, false],
    ["by every address, which it may be resolved to", { ipBlock: { cidr: "0.0.0.0/0" } }, false],
    ["by pods", { podSelector: {} }, false],
  ])("let a name be reached %s", (_, peer, expected) => {
    expect(sends(to(peer), { name: "pool.example" })).toBe(expected);
  });

  it("let neither an address nor a pod be reached by a name", () => {
    const named = to({ domainNames: ["10.0.0.1", "pool.example"] });
    expect(sends(named)).toBe(false);
    expect(sends(named, { pod: { namespace: "acme", labels: { app: "b" } } })).toBe(false);
  });
});
