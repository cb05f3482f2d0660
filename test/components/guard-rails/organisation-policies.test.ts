import { describe, expect, it } from "vitest";
import {
  LONGEST_POLICY,
  resourceControlPolicy,
  serviceControlPolicy,
} from "../../../components/guard-rails/organisation-policies.ts";
import { statements } from "../planned.ts";

const ACCOUNT = "111122223333";
const REGIONS = ["eu-west-1", "eu-central-1"];
const scp = (geographies: readonly string[] = ["eu"]) =>
  serviceControlPolicy({ account: ACCOUNT, regions: REGIONS, geographies });

const statement = (document: string, sid: string) => statements(document).find((it) => it["Sid"] === sid);

describe("the service control policy", () => {
  it("closes every other region, but for what has none", () => {
    const regions = statement(scp(), "OnlyInRegions");
    expect(regions?.["Condition"]).toEqual({ StringNotEquals: { "aws:RequestedRegion": REGIONS } });
    expect(regions?.["NotAction"]).toEqual(expect.arrayContaining(["iam:*", "route53:*", "sts:*"]));
    expect(regions?.["NotAction"]).not.toEqual(expect.arrayContaining(["s3:*"]));
    expect(regions?.["NotAction"]).not.toContain("dynamodb:*");
  });

  it("lets models be called in other regions by a profile of the geography alone, and nowhere else where there is none", () => {
    const condition = { StringNotEquals: { "aws:RequestedRegion": REGIONS } };
    expect(statement(scp(), "ModelsOnlyInRegionsOrGeographies")?.["Condition"]).toEqual({
      ...condition,
      ArnNotLike: { "bedrock:InferenceProfileArn": ["arn:aws:bedrock:*:*:inference-profile/eu.*"] },
    });
    expect(statement(scp([]), "ModelsOnlyInRegionsOrGeographies")?.["Condition"]).toEqual(condition);
  });

  it("keeps everybody but who deploys from the guard rails", () => {
    const rails = statement(scp(), "KeepGuardRails");
    expect(rails?.["Action"]).toEqual(
      expect.arrayContaining(["cloudtrail:StopLogging", "guardduty:DeleteDetector", "s3:BypassGovernanceRetention"]),
    );
    expect(rails?.["Condition"]).toEqual({
      ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/alicerce/execution/*" },
    });
  });

  it("is refused when AWS Organizations would not take it", () => {
    const regions = Array.from({ length: 600 }, (_, i) => `region-${i}`);
    expect(() => serviceControlPolicy({ account: ACCOUNT, regions, geographies: [] })).toThrow(RangeError);
  });
});

describe("the resource control policy", () => {
  it("closes the account's data to other accounts, and to services that act for them", () => {
    const policy = resourceControlPolicy({ account: ACCOUNT });
    expect(policy.length).toBeLessThanOrEqual(LONGEST_POLICY);
    expect(statements(policy).every((it) => it["Effect"] === "Deny")).toBe(true);
    expect(statement(policy, "OnlyTheAccount")?.["Condition"]).toMatchObject({
      StringNotEqualsIfExists: { "aws:PrincipalAccount": ACCOUNT },
      BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
    });
  });
});
