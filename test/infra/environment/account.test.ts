import { describe, expect, it } from "vitest";
import { environments } from "../../../environments/index.ts";
import { plans, resourceOf, resourcesOfType } from "../plans.ts";

const NAMES = Object.keys(environments);

describe.each(NAMES)("the account of %s", (name) => {
  it("has control policies that AWS Organizations takes", () => {
    const { serviceControlPolicy, resourceControlPolicy } = plans.get(name)!.outputs as Record<string, string>;
    for (const text of [serviceControlPolicy, resourceControlPolicy]) {
      expect(JSON.parse(text!)).toMatchObject({ Version: "2012-10-17" });
      expect(text!.length).toBeLessThanOrEqual(5_120);
    }
  });

  it("finds what is shared in each of its regions, and permissions that nobody uses once", () => {
    const analyzers = resourcesOfType(name, "aws:accessanalyzer/analyzer:Analyzer").map((it) => it.inputs);
    const regions = Object.keys(environments[name]!.regions);
    const ofType = (type: string) => analyzers.filter((it) => it["type"] === type).map((it) => it["region"]);
    expect(ofType("ACCOUNT").toSorted()).toEqual(regions.toSorted());
    expect(ofType("ACCOUNT_UNUSED_ACCESS")).toEqual([regions[0]]);
  });

  it("tells whoever is on duty of costs that nobody expected", () => {
    const { alerts } = environments[name]!;
    const budget = resourceOf(name, "aws:budgets/budget:Budget", "costs").inputs;
    const told = (budget["notifications"] as { subscriberEmailAddresses: readonly string[] }[]).map(
      (it) => it.subscriberEmailAddresses,
    );
    expect(told).toEqual([alerts, alerts]);
  });

  it("makes no bucket public", () => {
    const block = resourceOf(name, "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", "buckets");
    expect(block.inputs).toMatchObject({ blockPublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true });
  });

  it("has a zone that is signed by a key in us-east-1, for which Amazon alone issues certificates", () => {
    const key = resourceOf(name, "aws:kms/key:Key", "zone");
    expect(key.inputs).toMatchObject({ customerMasterKeySpec: "ECC_NIST_P256", region: "us-east-1" });
    const signing = resourceOf(name, "aws:route53/keySigningKey:KeySigningKey", "zone");
    expect(signing.propertyDependencies?.["keyManagementServiceArn"]).toEqual([key.urn]);
    const signed = resourceOf(name, "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec", "zone");
    expect(signed.dependencies).toContain(signing.urn);
    expect(resourceOf(name, "aws:route53/record:Record", "issuers").inputs).toMatchObject({
      type: "CAA",
      records: ['0 issue "amazon.com"', '0 issuewild "amazon.com"'],
    });
  });
});
