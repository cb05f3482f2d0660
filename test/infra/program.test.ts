import { describe, expect, it } from "vitest";
import { environments } from "../../environments/index.ts";
import { ADDRESSES, plans, resourcesOf } from "./plans.ts";

describe("the program", () => {
  it.each(ADDRESSES)("builds %s, where no resource is left to a default provider", (address) => {
    const custom = resourcesOf(address).filter((it) => it.custom && !it.type.startsWith("pulumi:"));
    const urns = new Set(resourcesOf(address).map((it) => it.urn));
    expect(custom.filter(({ provider = "" }) => !urns.has(provider) || /::default\w*$/.test(provider))).toEqual([]);
  });

  it.each(ADDRESSES)("lets AWS providers of %s act in its own account only", (address) => {
    const { account } = environments[address.split(".")[0]!]!;
    const found = resourcesOf(address).filter((it) => it.type === "pulumi:providers:aws");
    expect(found.map((it) => String(it.inputs["allowedAccountIds"]))).toEqual([JSON.stringify([account])]);
  });

  it("gives the environment's boundary to every region, and the region's to every tenant", () => {
    const boundaryArn = "arn:aws:iam::111122223333:policy/alicerce/alicerce-production-boundary";
    expect(plans.get("production")!.outputs).toMatchObject({ boundaryArn });
    expect(plans.get("production.eu-west-1")!.outputs).toMatchObject({ boundaryArn });
    const roles = resourcesOf("production.eu-west-1.xyz-gmbh").filter((it) => it.type === "aws:iam/role:Role");
    expect(new Set(roles.map((it) => it.inputs["permissionsBoundary"]))).toEqual(new Set([boundaryArn]));
  });
});
