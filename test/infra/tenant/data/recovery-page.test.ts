import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { resourcesOf, resourcesOfType, TENANTS, XYZ } from "../../plans.ts";

const PAGE = readFileSync("docs/recovery.md", "utf8");
const ROWS = PAGE.split("\n").flatMap((line) => {
  const [, what, how = "", , who = ""] = line.split("|").map((it) => it.trim());
  const type = /^`(aws:.+)`$/.exec(what ?? "")?.[1];
  return type === undefined
    ? []
    : [{ type, how: /^`(aws:.+)`$/.exec(how)?.[1], metric: /of `(AWS\/\w+)`/.exec(who)?.[1] }];
});

/** What keeps data, as far as a plan of a tenant has it. */
const KEEPERS = [
  "aws:dynamodb/table:Table",
  "aws:kms/key:Key",
  "aws:rds/cluster:Cluster",
  "aws:s3/bucket:Bucket",
  "aws:secretsmanager/secret:Secret",
];

it("the page on recovery has a row for each kind of store, and what copies each is in the plan", () => {
  expect(ROWS.map(({ type }) => type).sort()).toEqual(KEEPERS);
  for (const { type, how } of ROWS) {
    expect(resourcesOfType(XYZ, type).length).toBeGreaterThan(0);
    if (how !== undefined) expect(resourcesOfType(XYZ, how).length).toBeGreaterThan(0);
  }
});

it("the page on recovery names the metrics that are watched, and no other", () => {
  const watched = resourcesOf(XYZ)
    .filter((one) => one.inputs["metricName"] === "ReplicationLatency")
    .map((one) => String(one.inputs["namespace"]));
  expect(ROWS.flatMap(({ metric }) => metric ?? []).sort()).toEqual([...new Set(watched)].sort());
});

it("the vaults of every tenant are named as the page on recovery says", () => {
  expect(PAGE).toContain("`alicerce-TENANT-from-REGION`");
  for (const address of TENANTS) {
    const [, region, tenant] = address.split(".");
    const names = resourcesOfType(address, "aws:backup/vault:Vault").map((one) => one.inputs["name"]);
    const copies = region === "sa-east-1" ? [] : [`alicerce-${tenant ?? ""}-from-${region ?? ""}`];
    expect(names).toEqual([`alicerce-${tenant ?? ""}`, ...copies]);
  }
});
