import { beforeAll, describe, expect, it } from "vitest";
import type { Plan } from "../../../../plan/model.ts";
import { hostsLeadToTheirPods } from "../../../../policies/proofs/hosts-lead-to-their-pods.ts";
import { plansOfAllEnvironments } from "../all-environments.ts";
import { type Edit, edited, set } from "../edits.ts";
import { verdictOf, waysOf, XYZ } from "../platforms.ts";

const RECORD = "aws:route53/record:Record";
const RULE = "aws:lb/listenerRule:ListenerRule";
const LISTENER = "aws:lb/listener:Listener";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

let all: ReadonlyMap<string, readonly Plan[]>;

beforeAll(() => {
  all = plansOfAllEnvironments();
});

const production = (): readonly Plan[] =>
  (all.get("production") ?? []).filter(({ stack }) => XYZ === stack || XYZ.startsWith(`${stack}.`));
const found = (edit: Edit): string => waysOf(verdictOf(hostsLeadToTheirPods, ...edited(production(), edit))).join("\n");

/** What the provider answered of a resource of the region. */
function output(type: string, name: string): unknown {
  const resources = production().flatMap((it) => it.resources);
  return resources.find((it) => it.type === type && it.name === name)?.outputs?.["arn"];
}

it("holds in every environment", () => {
  for (const plans of all.values()) {
    const verdict = verdictOf(hostsLeadToTheirPods, ...plans);
    expect(waysOf(verdict)).toEqual([]);
    expect(verdict.enumerated.every(({ count }) => count > 1)).toBe(true);
  }
});

describe("a host that leads nowhere is found:", () => {
  const NAMELESS = '"identity" must take a host whose name leads to its load balancer: ';
  const at = "identity.eu-west-1.agents.example.com";

  it.each<readonly [string, Edit, string]>([
    ["without a name", { type: RECORD, name: "identity" }, `${NAMELESS}${at} has none.`],
    [
      "with another name",
      { type: RECORD, name: "identity", change: set(["name"], `${at}x`) },
      `"edge" must send ${at}x to pods: the name leads to it.`,
    ],
    [
      "that is not sent to pods",
      { type: RULE, name: "identity" },
      `"edge" must send ${at} to pods: the name leads to it.`,
    ],
    [
      "of which every path is refused",
      {
        type: RULE,
        name: "administration-refused",
        change: set(["conditions", "1", "pathPattern", "values"], ["/metrics", "/*"]),
      },
      '"administration" must not refuse all paths of identity-admin.eu-west-1.agents.example.com.',
    ],
    [
      "whose load balancer is not let out to the pods",
      { type: EGRESS, name: "identity-8443" },
      '"identity" must be reached by "edge" on TCP 8443.',
    ],
    [
      "whose pods do not let the load balancer in",
      { type: INGRESS, name: "administration-8443" },
      '"administration" must be reached by "administration" on TCP 8443.',
    ],
    [
      "whose network policy does not let the load balancer in",
      { type: NETWORK_POLICY, name: "keycloak-allow-load-balancers" },
      '"keycloak" must admit "edge" on TCP 8443.',
    ],
  ])("%s", (_, edit, says) => {
    expect(found(edit)).toContain(says);
  });

  it("with the certificate of another load balancer", () => {
    const certificate = output("aws:acm/certificate:Certificate", "edge");
    const https = edited(production(), {
      type: LISTENER,
      name: /^administration/,
      change: (inputs) => {
        inputs["certificateArn"] = certificate;
      },
    });
    expect(waysOf(verdictOf(hostsLeadToTheirPods, ...https)).join("\n")).toContain(
      '"administration" must take a host for which its listener has a certificate',
    );
  });

  it("whose targets are those of another load balancer", () => {
    const groupArn = output("aws:lb/targetGroup:TargetGroup", "identity");
    const edit: Edit = {
      type: RULE,
      name: "administration",
      change: set(["actions", "0", "targetGroupArn"], groupArn),
    };
    expect(found(edit).split("\n").toSorted()).toEqual([
      '"administration" must be sent requests by one load balancer.',
      '"identity" must be sent requests by one load balancer.',
    ]);
  });
});
