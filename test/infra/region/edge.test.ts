import { describe, expect, it } from "vitest";
import { resourceOf, resourcesOfType } from "../plans.ts";

const REGION = "production.eu-west-1";
const HOST = "identity.eu-west-1.agents.example.com";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

describe("the way to Keycloak", () => {
  it("refuses the realm of administrators before it sends realms, by HTTPS and for one host", () => {
    const rule = (name: string) => resourceOf(REGION, "aws:lb/listenerRule:ListenerRule", name).inputs;
    expect(rule("identity-refused")).toMatchObject({
      priority: 10,
      actions: [{ type: "fixed-response" }],
      conditions: [
        { hostHeader: { values: [HOST] } },
        { pathPattern: { values: ["/realms/master", "/realms/master/*"] } },
      ],
    });
    expect(rule("identity")).toMatchObject({ priority: 11, actions: [{ type: "forward" }] });
    expect(resourceOf(REGION, "aws:lb/targetGroup:TargetGroup", "identity").inputs).toMatchObject({
      protocol: "HTTPS",
      tags: { "eks:eks-cluster-name": "alicerce" },
    });
  });

  it("opens the pods' port to the load balancer's group, and to nothing else", () => {
    const balancer = resourceOf(REGION, "aws:ec2/securityGroup:SecurityGroup", "edge");
    const rules = resourcesOfType(REGION, INGRESS)
      .filter((it) => it.inputs["toPort"] === 8443)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    expect(rules.map((it) => [it.name, it.inputs["fromPort"], it.inputs["toPort"]])).toEqual([
      ["administration-8443", 8443, 8443],
      ["identity-8443", 8443, 8443],
    ]);
    expect(rules[1]?.propertyDependencies?.["referencedSecurityGroupId"]).toEqual([balancer.urn]);
  });

  it("opens the BFFs' port once for the BFFs of all tenants, whose hosts its certificate proves", () => {
    const rules = resourcesOfType(REGION, INGRESS).filter((it) => it.inputs["toPort"] === 8080);
    expect(rules.map((it) => it.name)).toEqual(["bffs-8080"]);
    expect(resourceOf(REGION, "aws:acm/certificate:Certificate", "edge").inputs).toMatchObject({
      domainName: HOST,
      subjectAlternativeNames: ["*.b2c.eu.agents.example.com", "*.b2b.eu.agents.example.com"],
    });
  });

  it("is bound to the Service", () => {
    const type = "kubernetes:eks.amazonaws.com/v1:TargetGroupBinding";
    expect(resourceOf(REGION, type, "identity").inputs).toMatchObject({
      metadata: { namespace: "keycloak" },
      spec: { serviceRef: { name: "keycloak", port: 8443 }, targetType: "ip" },
    });
  });
});
