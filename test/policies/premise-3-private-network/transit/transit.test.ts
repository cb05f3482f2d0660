import { describe, expect, it } from "vitest";
import { privateRangesAreTheTenantsOwn } from "../../../../policies/premise-3-private-network/internal-apis/private-ranges-are-the-tenants-own.ts";
import { deploymentsKeepToTheirStack } from "../../../../policies/premise-8-least-privilege/execution/deployments-keep-to-their-stack.ts";
import { onlyOwnNamesAreUsed } from "../../../../policies/residency/only-own-names-are-used.ts";
import type { Inputs } from "../../proofs/edits.ts";
import { STOCK, TRANSIT } from "../../synthetic/internal-apis-environment.ts";
import { FIRST, GROUP, lets, planOf, REGION, said, SECOND, SERVER } from "../internal-apis/internal-apis-plans.ts";

const ATTACHMENT = "aws:ec2transitgateway/vpcAttachment:VpcAttachment";
const ROUTE = "aws:ec2/route:Route";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

const names = (type: string): readonly string[] =>
  planOf(REGION)
    .resources.filter((it) => it.type === type)
    .map(({ name }) => name);

describe("a region that is attached to the company's Transit Gateway", () => {
  it("has a route to each internal API and to deployments in each zone, and to deployments for load balancers", () => {
    const routes = names(ROUTE).filter((name) => name.startsWith("transit-"));
    expect(routes.filter((name) => name.startsWith("transit-euw1-az1-"))).toHaveLength(6);
    expect(routes).toHaveLength(3 * 6 + 1);
    expect(names(ATTACHMENT)).toEqual(["transit"]);
  });

  it("lets deployments in to the cluster and to Keycloak's administration", () => {
    const { inputs } = planOf(REGION).resources.find(({ type, name }) => type === INGRESS && name === "deployers-1")!;
    expect(inputs).toMatchObject({ cidrIpv4: TRANSIT.deployers[0], fromPort: 443, toPort: 443, ipProtocol: "tcp" });
    const group = planOf(REGION).resources.find(({ type, name }) => type === GROUP && name === "administration")!;
    expect(group.inputs["ingress"]).toMatchObject([{ cidrBlocks: ["10.32.0.0/16", ...TRANSIT.deployers] }]);
  });
});

describe("what a route leads to", () => {
  it.each([
    ["another tenant's server", SECOND, SERVER],
    ["another server of the tenant", FIRST, "mcp-database-v3"],
  ])("is not for %s", (_, stack, name) => {
    expect(said(stack, lets(name, { cidrBlocks: STOCK.ranges }), privateRangesAreTheTenantsOwn)).not.toEqual([]);
  });

  it("is, where deployments are, for no workload", () => {
    expect(said(FIRST, lets(SERVER, { cidrBlocks: TRANSIT.deployers }), privateRangesAreTheTenantsOwn)).not.toEqual([]);
  });
});

describe("the role that deploys the region", () => {
  const POLICY = "aws:iam/policy:Policy";
  const ENVIRONMENT = "internal";
  const policy = planOf(ENVIRONMENT).resources.find(
    ({ type, inputs }) => type === POLICY && String(inputs["policy"]).includes(TRANSIT.arn),
  )!;

  it("may attach its network to the declared gateway", () => {
    expect(policy.inputs["name"]).toMatch(/^internal\.eu-west-1\.\d+$/);
  });

  it("may attach it to no other", () => {
    const other = TRANSIT.arn.replace("0123456789abcdef0", "0fedcba9876543210");
    const change = (it: Inputs): void => {
      it["policy"] = String(it["policy"]).replace(TRANSIT.arn, other);
    };
    expect(said(ENVIRONMENT, { type: POLICY, name: policy.name, change }, deploymentsKeepToTheirStack)).toEqual([
      `"${policy.name}" must not allow to attach a network to ${other}.`,
    ]);
    expect(said(ENVIRONMENT, { type: POLICY, name: policy.name, change }, onlyOwnNamesAreUsed)).toEqual([
      `"${policy.name}" must not name the account 777788889999 in policy.`,
    ]);
  });
});
