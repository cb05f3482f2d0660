import { describe, expect, it } from "vitest";
import { environments } from "../../../environments/index.ts";
import { imageNames } from "../../../releases/images.ts";
import { ADDRESSES, plans, resourcesOfType } from "../plans.ts";

const REPOSITORY = "aws:ecr/repository:Repository";

describe.each(Object.keys(environments))("the registries of %s", (name) => {
  const regions = Object.keys(environments[name]!.regions);

  it("are there before any region is, so that a region's images can be pushed first", () => {
    const made = resourcesOfType(name, REPOSITORY).map(
      (it) => `${String(it.inputs["region"])} ${String(it.inputs["name"])}`,
    );
    const wanted = regions.flatMap((region) => imageNames().map((it) => `${region} alicerce/${it}`));
    expect(made.toSorted()).toEqual(wanted.toSorted());
    expect(imageNames()).toEqual(expect.arrayContaining(["keycloak", "mcp-database", "agent-coordinator"]));
    const below = ADDRESSES.filter((it) => it.startsWith(`${name}.`));
    expect(below.flatMap((it) => resourcesOfType(it, REPOSITORY))).toEqual([]);
  });

  it("are encrypted under a key of their own region, which rotates", () => {
    const keys = new Map(resourcesOfType(name, "aws:kms/key:Key").map((it) => [it.outputs?.["arn"], it.inputs]));
    for (const { inputs } of resourcesOfType(name, REPOSITORY)) {
      const [{ kmsKey }] = inputs["encryptionConfigurations"] as [{ kmsKey: string }];
      expect(keys.get(kmsKey)).toMatchObject({ region: inputs["region"], enableKeyRotation: true });
    }
  });

  it("lose what no tag names two weeks after it came, and nothing that has a tag", () => {
    const policies = resourcesOfType(name, "aws:ecr/lifecyclePolicy:LifecyclePolicy");
    expect(policies).toHaveLength(regions.length * imageNames().length);
    for (const { inputs } of policies) {
      const { rules } = JSON.parse(inputs["policy"] as string) as { rules: readonly object[] };
      expect(rules).toEqual([
        expect.objectContaining({
          selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 14 },
        }),
      ]);
    }
  });
});

it("every image that a stack runs is one of them", () => {
  const text = JSON.stringify([...plans.values()].map((it) => it.plan.resources));
  const run = new Set(
    [...text.matchAll(/\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\/alicerce\/([a-z0-9-]+)@/g)].map((it) => it[1]),
  );
  expect([...run].filter((it) => !imageNames().includes(it!))).toEqual([]);
  expect(run).toContain("keycloak");
});
