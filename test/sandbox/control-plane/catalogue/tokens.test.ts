import { beforeAll, describe, expect, it } from "vitest";
import { ensureCatalogue, type Catalogue } from "../../../../sandbox/control-plane/catalogue/catalogue.ts";

const VPC = "aws:ec2/vpc:Vpc";

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await ensureCatalogue();
});

describe("an unknown token", () => {
  it.each<[string, string]>([
    ["aws:bedrock/agentCoreGateway:AgentCoreGateway", "aws:bedrock/agentcoreGateway:AgentcoreGateway"],
    ["aws:ec2/logGroup:LogGroup", "aws:cloudwatch/logGroup:LogGroup"],
    ["kubernetes:apps/v1:Deploymnt", "kubernetes:apps/v1:Deployment"],
    ["kubernetes:networking.k8s.io/v2:NetworkPolicy", "kubernetes:networking.k8s.io/v1:NetworkPolicy"],
    ["keycloak:index/relm:Relm", "keycloak:index/realm:Realm"],
  ])("%s suggests %s", (token, meant) => {
    expect(catalogue.resource(token)).toBeUndefined();
    expect(catalogue.similar(token)[0]).toBe(meant);
    const [fault, ...others] = catalogue.checkInputs(token, {});
    expect(others).toEqual([]);
    expect(fault?.reason).toContain(`unknown resource type ${token}; similar: ${meant}`);
  });

  it.each([
    "",
    "aws",
    "aws:",
    "gcp:storage/bucket:Bucket",
    "pulumi:providers:gcp",
    "aws:__proto__/x:X",
    "aws:tokens:X",
    "aws:ec2/vpc:toString",
  ])("%j is unknown, and no error", (token) => {
    expect(catalogue.resource(token)).toBeUndefined();
    expect(catalogue.invocation(token)).toBeUndefined();
    expect(catalogue.similar(token).length).toBeLessThanOrEqual(3);
  });
});

describe("functions", () => {
  const AZS = "aws:index/getAvailabilityZones:getAvailabilityZones";

  it("accept their arguments", () => {
    expect(catalogue.checkInvocation(AZS, { state: "available", filters: [{ name: "n", values: ["v"] }] })).toEqual([]);
    const statements = [
      { effect: "Allow", actions: ["kms:Decrypt"], principals: [{ type: "AWS", identifiers: ["*"] }] },
    ];
    expect(catalogue.checkInvocation("aws:iam/getPolicyDocument:getPolicyDocument", { statements })).toEqual([]);
  });

  it.each<[Record<string, unknown>, string, string]>([
    [{ stat: "available" }, "stat", "unknown property; similar: state"],
    [{ allAvailabilityZones: "yes" }, "allAvailabilityZones", "must be a boolean, not a string"],
    [{ filters: [{ name: "n" }] }, "filters[0].values", "missing required property"],
  ])("refuse %j", (args, property, reason) => {
    expect(catalogue.checkInvocation(AZS, args)).toEqual([{ property, reason }]);
  });

  it("are not resources, nor the reverse", () => {
    expect(catalogue.checkInputs(AZS, {})[0]?.reason).toContain("unknown resource type");
    expect(catalogue.checkInvocation(VPC, {})[0]?.reason).toContain("unknown function");
  });
});
