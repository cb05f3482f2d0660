import { describe, expect, it } from "vitest";
import { resourceOf, resourcesOfType } from "../plans.ts";

const REGION = "production.eu-west-1";
const TENANT = "production.eu-west-1.xyz-gmbh";
const HOST = "identity-admin.eu-west-1.agents.example.com";

describe("the way to Keycloak's administration", () => {
  it("is a load balancer without public addresses, in the subnets whose word Keycloak takes about callers", () => {
    const { inputs } = resourceOf(REGION, "aws:lb/loadBalancer:LoadBalancer", "administration");
    const edge = resourceOf(REGION, "aws:lb/loadBalancer:LoadBalancer", "edge").inputs;
    expect(inputs).toMatchObject({ internal: true, dropInvalidHeaderFields: true, subnets: edge["subnets"] });
    const { ingress } = resourceOf(REGION, "aws:ec2/securityGroup:SecurityGroup", "administration").inputs;
    expect(ingress).toEqual([expect.objectContaining({ fromPort: 443, toPort: 443, cidrBlocks: ["10.2.0.0/16"] })]);
  });

  it("has a name that the region's VPC alone knows", () => {
    const vpc = resourcesOfType(REGION, "aws:ec2/vpc:Vpc")[0];
    const zone = resourceOf(REGION, "aws:route53/zone:Zone", "administration");
    expect(zone.inputs).toMatchObject({ name: HOST, vpcs: [{ vpcId: vpc?.outputs?.["id"], vpcRegion: "eu-west-1" }] });
    const names = resourcesOfType(REGION, "aws:route53/record:Record").filter((it) => it.inputs["name"] === HOST);
    expect(names.map((it) => it.inputs["zoneId"])).toEqual([zone.outputs?.["zoneId"]]);
  });

  it("is that by which a tenant's realm is written, and the functions that keep realms ask", () => {
    expect(resourceOf(TENANT, "pulumi:providers:keycloak", "keycloak").inputs["url"]).toBe(`https://${HOST}`);
    const keeper = resourceOf(REGION, "aws:lambda/function:Function", "realm-keeper");
    expect(keeper.inputs["environment"]).toMatchObject({ variables: { ADMIN_URL: `https://${HOST}` } });
  });
});
