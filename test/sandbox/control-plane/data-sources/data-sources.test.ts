import { createPublicKey } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../../plan/model.ts";
import { ensureCatalogue } from "../../../../sandbox/control-plane/catalogue/catalogue.ts";
import { Cloud } from "../../../../sandbox/control-plane/cloud/cloud.ts";
import { NO_FAULTS } from "../../../../sandbox/control-plane/faults.ts";
import { MemoryStore } from "../../../../sandbox/control-plane/store/memory-store.ts";
import type { Values } from "../../../../sandbox/control-plane/wire.ts";
import { matching } from "../matching.ts";

const CALLER = { account: "111122223333", region: "eu-west-1", defaultTags: {} };
const POLICY = "aws:iam/getPolicyDocument:getPolicyDocument";
let cloud: Cloud;
beforeAll(async () => {
  cloud = new Cloud({ catalogue: await ensureCatalogue(), store: new MemoryStore(), faults: NO_FAULTS });
});

const ask = (token: string, args: Values = {}): Values => cloud.invoke(CALLER, token, args);
const documentOf = (args: Values): string => String(ask(POLICY, args)["json"]);
const text = (document: unknown): string => JSON.stringify(document, null, 2);

describe("getPolicyDocument", () => {
  it("writes one action, resource and statement as the provider does", () => {
    const { json, minifiedJson, ...rest } = ask(POLICY, {
      statements: [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::a/*"] }],
    });
    expect(json).toBe(`{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::a/*"
    }
  ]
}`);
    expect(minifiedJson).toBe(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::a/*"}]}',
    );
    expect(rest).toMatchObject({ id: matching(/^\d+$/) });
  });

  it.each<[string, Values, Values]>([
    ["nothing at all", {}, { Version: "2012-10-17" }],
    ["a version and an id", { version: "2008-10-17", policyId: "p" }, { Version: "2008-10-17", Id: "p" }],
  ])("writes %s", (_, args, document) => {
    expect(documentOf(args)).toBe(text(document));
  });

  it.each<[string, Values, Values]>([
    [
      "an effect, a sid, and what is excepted",
      { sid: "A", effect: "Deny", notActions: ["a:B"], notResources: ["*"] },
      { Sid: "A", Effect: "Deny", NotAction: "a:B", NotResource: "*" },
    ],
    [
      "lists in the provider's order",
      { actions: ["a:A", "a:C", "a:B"], resources: ["x", "z", "y"] },
      { Effect: "Allow", Action: ["a:C", "a:B", "a:A"], Resource: ["z", "y", "x"] },
    ],
    ["anybody", { principals: [{ type: "*", identifiers: ["*"] }] }, { Effect: "Allow", Principal: "*" }],
    [
      "any identity of AWS, which is not the same",
      { principals: [{ type: "AWS", identifiers: ["*"] }] },
      { Effect: "Allow", Principal: { AWS: "*" } },
    ],
    [
      "principals of several kinds, and of one kind in several places",
      {
        principals: [
          { type: "Service", identifiers: ["b.amazonaws.com", "c.amazonaws.com"] },
          { type: "AWS", identifiers: ["1"] },
          { type: "Service", identifiers: ["a.amazonaws.com"] },
        ],
      },
      {
        Effect: "Allow",
        Principal: { AWS: "1", Service: ["c.amazonaws.com", "b.amazonaws.com", "a.amazonaws.com"] },
      },
    ],
    [
      "who is excepted",
      { notPrincipals: [{ type: "AWS", identifiers: ["1", "2"] }] },
      { Effect: "Allow", NotPrincipal: { AWS: ["2", "1"] } },
    ],
    [
      "conditions, those of one test and variable together",
      {
        conditions: [
          { test: "StringLike", variable: "b", values: ["1", "2"] },
          { test: "ArnLike", variable: "a", values: ["x"] },
          { test: "StringLike", variable: "b", values: ["3"] },
          { test: "StringLike", variable: "a", values: ["4"] },
        ],
      },
      { Effect: "Allow", Condition: { ArnLike: { a: "x" }, StringLike: { a: "4", b: ["1", "2", "3"] } } },
    ],
    [
      "variables",
      {
        resources: ["arn:aws:s3:::home/&{aws:username}/*"],
        conditions: [{ test: "T", variable: "v", values: ["&{a}"] }],
      },
      { Effect: "Allow", Resource: "arn:aws:s3:::home/${aws:username}/*", Condition: { T: { v: "${a}" } } },
    ],
  ])("writes a statement of %s", (_, statement, written) => {
    expect(documentOf({ statements: [statement] })).toBe(text({ Version: "2012-10-17", Statement: [written] }));
  });

  it("joins documents: sources first, later statements in place of earlier ones with their sid", () => {
    const source = (...Statement: Values[]) => text({ Version: "2012-10-17", Statement });
    const sourcePolicyDocuments = [source({ Sid: "A", Effect: "Allow" }, { Effect: "Deny" }), source({ Sid: "B" })];
    const statements = [{ sid: "A", actions: ["a:A"] }, { actions: ["c:C"] }];
    const overridePolicyDocuments = [source({ Sid: "B", Effect: "Deny" }), text({ Id: "i", Statement: { Sid: "C" } })];
    expect(JSON.parse(documentOf({ sourcePolicyDocuments, statements, overridePolicyDocuments }))).toEqual({
      Version: "2012-10-17",
      Id: "i",
      Statement: [
        { Sid: "A", Effect: "Allow", Action: "a:A" },
        { Effect: "Deny" },
        { Sid: "B", Effect: "Deny" },
        { Effect: "Allow", Action: "c:C" },
        { Sid: "C" },
      ],
    });
  });

  it.each<[string, Values, string]>([
    ["a source that is no JSON", { sourcePolicyDocuments: ["{"] }, "sourcePolicyDocuments[0] must be the JSON text"],
    [
      "a source that is no document",
      { overridePolicyDocuments: ["[]"] },
      "overridePolicyDocuments[0] must be the JSON",
    ],
    [
      "two sources with one sid",
      { sourcePolicyDocuments: ['{"Statement":[{"Sid":"A"}]}', '{"Statement":[{"Sid":"A"}]}'] },
      'sourcePolicyDocuments has two statements "A"',
    ],
    ["what has no effect", { sourceJson: "{}" }, "sourceJson has no effect any more"],
    ["an unknown property", { statements: [{ action: ["a"] }] }, "statements[0].action: unknown property"],
    ["a wrong type", { statements: [{ actions: "a" }] }, "statements[0].actions: must be an array"],
    ["something unknown", { statements: [{ actions: [UNKNOWN] }] }, "is asked for something that is not known yet"],
  ])("refuses %s", (_, args, reason) => {
    expect(() => ask(POLICY, args)).toThrow(reason);
    expect(() => ask(POLICY, args)).toThrow(/^InvalidArgument: /);
  });
});

describe("getPublicKey", () => {
  const KEY = "aws:kms/getPublicKey:getPublicKey";
  const ID = "0a6f0f6e-5dd5-4a2f-8f3c-2b1d9f5c7e11";

  it("answers a P-256 key that depends on the key's id alone", () => {
    const answer = ask(KEY, { keyId: ID });
    const key = createPublicKey(String(answer["publicKeyPem"]));
    expect(key.asymmetricKeyDetails).toEqual({ namedCurve: "prime256v1" });
    expect(key.export({ type: "spki", format: "der" }).toString("base64")).toBe(answer["publicKey"]);
    expect(answer).toMatchObject({
      arn: `arn:aws:kms:eu-west-1:111122223333:key/${ID}`,
      keyId: ID,
      keyUsage: "SIGN_VERIFY",
      customerMasterKeySpec: "ECC_NIST_P256",
      signingAlgorithms: ["ECDSA_SHA_256"],
    });
    const byArn = ask(KEY, { keyId: answer["arn"] });
    expect(byArn["publicKeyPem"]).toBe(answer["publicKeyPem"]);
    expect(ask(KEY, { keyId: `${ID.slice(0, -1)}2` })["publicKeyPem"]).not.toBe(answer["publicKeyPem"]);
  });

  it.each(["", "alias/tenant", "arn:aws:kms:eu-west-1:111122223333:alias/tenant", "arn:aws:s3:::bucket"])(
    "refuses %j, which is no key's id",
    (keyId) => {
      expect(() => ask(KEY, { keyId })).toThrow("keyId must be the id or the ARN of a key");
    },
  );
});

describe("the other data sources", () => {
  it("tell who asks, and where", () => {
    expect(ask("aws:index/getCallerIdentity:getCallerIdentity")).toEqual({
      id: "111122223333",
      accountId: "111122223333",
      arn: "arn:aws:iam::111122223333:role/deployer",
      userId: "AROAEXAMPLE:deployer",
    });
    expect(ask("aws:index/getRegion:getRegion")).toMatchObject({ id: "eu-west-1", region: "eu-west-1" });
    expect(ask("aws:index/getRegion:getRegion", { region: "us-west-2" })).toMatchObject({ region: "us-west-2" });
    expect(ask("aws:index/getPartition:getPartition")).toMatchObject({ partition: "aws", dnsSuffix: "amazonaws.com" });
  });

  it.each(["aws:index/getregion:getRegion", "toString", "__proto__", "gcp:a/b:c", ""])("are not %j", (token) => {
    expect(() => ask(token)).toThrow(/^InvalidArgument: .*unknown function/);
  });
});
