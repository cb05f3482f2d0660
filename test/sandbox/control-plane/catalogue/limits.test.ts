import { beforeAll, describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../../plan/model.ts";
import { checkLimits } from "../../../../sandbox/control-plane/catalogue/check-limits.ts";
import { type Catalogue, ensureCatalogue } from "../../../../sandbox/control-plane/catalogue/catalogue.ts";

const FUNCTION = "aws:lambda/function:Function";
const BUCKET = "aws:s3/bucket:Bucket";

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await ensureCatalogue();
});

const code = { "4dabf18193072939515e22adb298388d": "0def7320c3a5731c473e5ecbe6d01bc7", path: "x" };
const lambda = (it: object) => ({ code, role: "arn:aws:iam::111122223333:role/r", ...it });
const rolePolicy = (it: string) => ({ role: "r", policy: it });

describe("a value at the bound that AWS states is accepted, and refused beyond it:", () => {
  it.each<[string, string, object, object, string, string]>([
    [
      "the values of a list's elements",
      "aws:cognito/userPool:UserPool",
      { aliasAttributes: ["email"] },
      { aliasAttributes: ["email", "mail"] },
      "aliasAttributes[1]",
      'must be one of phone_number, email, preferred_username (botocore 1.44.8 cognito-idp AliasAttributesListType), not "mail"',
    ],
    [
      "the number of elements",
      FUNCTION,
      lambda({ architectures: ["arm64"] }),
      lambda({ architectures: ["arm64", "x86_64"] }),
      "architectures",
      "must have at most 1 elements (botocore 1.44.8 lambda ArchitecturesList), not 2",
    ],
    [
      "the length of a description",
      "aws:kms/key:Key",
      { policy: "{}" },
      { policy: "", description: "d".repeat(8193) },
      "description",
      "must have at most 8192 characters (botocore 1.44.8 kms DescriptionType), not 8193",
    ],
    [
      "the days that a document of AWS states",
      "aws:kms/key:Key",
      { deletionWindowInDays: 7 },
      { deletionWindowInDays: 6 },
      "deletionWindowInDays",
      "must be at least 7 (KMS API reference, deletionWindowInDays), not 6",
    ],
    [
      "the longest name of a bucket",
      BUCKET,
      { bucket: "b".repeat(63) },
      { bucket: "b".repeat(64) },
      "bucket",
      "must have at most 63 characters (S3 bucket naming rules, bucket), not 64",
    ],
    [
      "the seconds of a function",
      FUNCTION,
      lambda({ timeout: 900 }),
      lambda({ timeout: 901 }),
      "timeout",
      "must be at most 900 (Lambda quotas, timeout), not 901",
    ],
    [
      "the length of a policy",
      "aws:iam/rolePolicy:RolePolicy",
      rolePolicy(" ".repeat(131_072)),
      rolePolicy(" ".repeat(131_073)),
      "policy",
      "must have at most 131072 characters (botocore 1.44.8 iam policyDocumentType), not 131073",
    ],
    [
      "the name of a database",
      "aws:rds/cluster:Cluster",
      { clusterIdentifier: "acme-1", engine: "aurora-postgresql" },
      { clusterIdentifier: "acme--1", engine: "aurora-postgresql" },
      "clusterIdentifier",
      'must match [a-zA-Z](?:-?[a-zA-Z0-9])* (Aurora user guide, clusterIdentifier), not "acme--1"',
    ],
  ])("%s", (_, token, accepted, refused, property, reason) => {
    expect(catalogue.checkInputs(token, { ...accepted })).toEqual([]);
    expect(catalogue.checkInputs(token, { ...refused })).toEqual([{ property, reason }]);
  });
});

describe("what is not known yet, or not sent,", () => {
  it("breaks no limit", () => {
    expect(catalogue.checkInputs("aws:cognito/userPool:UserPool", { aliasAttributes: [UNKNOWN] })).toEqual([]);
    expect(catalogue.checkInputs("aws:kms/key:Key", { policy: UNKNOWN, description: "" })).toEqual([]);
  });
});

describe("limits", () => {
  const place = { path: "p", source: "s" };

  it("let no fault of a sensitive value tell the value", () => {
    expect(checkLimits("hunter2", { max: 3, secret: true }, place)).toEqual([
      { property: "p", reason: "must have at most 3 characters (s)" },
    ]);
  });

  it("show no more than the beginning of a long text", () => {
    const [fault] = checkLimits("x".repeat(10_000), { pattern: "y*" }, place);
    expect(fault?.reason).toBe(`must match y* (s), not "${"x".repeat(80)}…"`);
  });

  it("count characters, not units of UTF-16", () => {
    expect(checkLimits("🏠🏠", { max: 2 }, place)).toEqual([]);
  });

  it("say nothing of an object whose list the API limits", () => {
    expect(checkLimits({ a: 1, b: 2 }, { max: 1 }, place)).toEqual([]);
  });
});
