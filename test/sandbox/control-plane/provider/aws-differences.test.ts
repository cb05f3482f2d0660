import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Named, ProviderProcess } from "./provider-process.ts";

const [VPC, LOGS] = ["aws:ec2/vpc:Vpc", "aws:cloudwatch/logGroup:LogGroup"];
const CIDR = { cidrBlock: "10.0.0.0/16" };
const home = mkdtempSync(join(tmpdir(), "alicerce-differences-"));
let aws: ProviderProcess;

beforeAll(async () => {
  aws = await ProviderProcess.start("aws", { ALICERCE_SANDBOX: home });
  await aws.configure({ region: "eu-west-1", allowedAccountIds: '["111122223333"]' });
});
afterAll(async () => {
  await aws.end();
  rmSync(home, { recursive: true, force: true });
});

describe("the provider process tells a difference", () => {
  const logs: Named = [LOGS, "d"];

  it("by its kind: none, added, deleted, changed", async () => {
    const before = { name: "a", retentionInDays: 7, kmsKeyId: "k" };
    const after = { name: "a", retentionInDays: 30, skipDestroy: true };
    expect(await aws.diff(logs, before, before)).toMatchObject({ some: false, kinds: {}, replaces: [] });
    expect(await aws.diff(logs, before, after)).toMatchObject({
      some: true,
      kinds: { retentionInDays: "UPDATE", kmsKeyId: "DELETE", skipDestroy: "ADD" },
      replaces: [],
    });
  });

  it("that replaces, and whether the old one must go first", async () => {
    expect(await aws.diff(logs, { name: "a" }, { name: "b" })).toMatchObject({
      kinds: { name: "UPDATE_REPLACE" },
      replaces: ["name"],
      deleteBeforeReplace: true,
    });
    expect(await aws.diff([VPC, "d"], CIDR, { cidrBlock: "10.1.0.0/16" })).toMatchObject({
      kinds: { cidrBlock: "UPDATE_REPLACE" },
      deleteBeforeReplace: false,
    });
  });

  it.each([
    ["a whole property", ["tags"], { tags: { a: "1", b: "1" } }, { tags: { a: "2" }, name: "x" }, {}],
    ["one key", ["tags.a"], { tags: { a: "1", b: "1" } }, { tags: { a: "2", b: "1" } }, {}],
    [
      "one key, not another",
      ["tags.a"],
      { tags: { a: "1", b: "1" } },
      { tags: { a: "2", b: "2" } },
      { tags: "UPDATE" },
    ],
    ["a quoted key", ['tags["a.b"]'], { tags: { "a.b": "1" } }, { tags: { "a.b": "2" } }, {}],
    ["a key that was added", ["tags.b"], { tags: { a: "1" } }, { tags: { a: "1", b: "2" } }, {}],
    ["a key that was taken away", ["tags.b"], { tags: { a: "1", b: "2" } }, { tags: { a: "1" } }, {}],
    ["every key", ["tags[*]"], { tags: { a: "1", b: "1" } }, { tags: { a: "2", c: "2" } }, {}],
    ["nothing that is there", ["nowhere.at.all"], { tags: { a: "1" } }, { tags: { a: "2" } }, { tags: "UPDATE" }],
  ])("and ignores %s when told to", async (_, ignored, before, after, kinds) => {
    expect((await aws.diff(logs, { name: "x", ...before }, { name: "x", ...after }, ignored)).kinds).toEqual(kinds);
  });

  it("within a list only where told to", async () => {
    const subnets = (...subnetIds: string[]) => ({ vpcConfig: { subnetIds } });
    const cluster: Named = ["aws:eks/cluster:Cluster", "d"];
    const at = (before: object, after: object) =>
      aws.diff(cluster, { ...before }, { ...after }, ["vpcConfig.subnetIds[0]"]).then((it) => it.some);
    expect(await at(subnets("a", "b"), subnets("z", "b"))).toBe(false);
    expect(await at(subnets("a", "b"), subnets("a", "z"))).toBe(true);
    expect(await at(subnets("a", "b"), subnets("z"))).toBe(true);
  });
});
