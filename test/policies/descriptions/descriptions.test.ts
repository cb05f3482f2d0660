import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../plan/model.ts";
import { pathsOf, understood } from "../../../policies/descriptions/description.ts";
import { DESCRIPTIONS, fileFor, SERVICES } from "../../../policies/descriptions/descriptions.ts";
import { whyOpaque } from "../../../policies/descriptions/opaque.ts";
import { type CheckFailure, ensureCatalogue } from "../../../sandbox/control-plane/catalogue/catalogue.ts";

const FOLDER = fileURLToPath(new URL("../../../policies/descriptions/", import.meta.url));

/** What describes nothing by itself, but helps to describe. */
const HELPERS = [
  "description.ts",
  "descriptions.ts",
  "kubernetes/described-object.ts",
  "kubernetes/pods.ts",
  "opaque.ts",
  "reasons.ts",
];

const catalogue = await ensureCatalogue();

describe("every description", () => {
  it("is listed under the file that it is in", async () => {
    const files = globSync("**/*.ts", { cwd: FOLDER }).map((it) => it.replaceAll("\\", "/"));
    expect(files.filter((it) => !HELPERS.includes(it)).toSorted()).toEqual(Object.keys(SERVICES).toSorted());
    for (const [file, descriptions] of Object.entries(SERVICES)) {
      const module = (await import(`${FOLDER}${file}`)) as Readonly<Record<string, unknown>>;
      expect(Object.values(module), file).toContain(descriptions);
    }
  });

  it("is of a type that can be understood, and is the only one of it", () => {
    const types = Object.values(SERVICES).flatMap((it) => Object.keys(it));
    expect(types.filter((type) => whyOpaque(type) !== undefined)).toEqual([]);
    expect(types.length).toBe(DESCRIPTIONS.size);
  });

  it("gives a reason, in a sentence, for what nothing reads", () => {
    const reasons = [...DESCRIPTIONS.values()].flatMap((it) => Object.values({ ...it.inert, ...it.unread }));
    expect(reasons.filter((it) => !/^[A-Z].*\.$/.test(it))).toEqual([]);
  });

  it("names types and inputs that the installed SDKs have", () => {
    const unknown = [...DESCRIPTIONS].flatMap(([type, description]) =>
      pathsOf(description).flatMap((path) => {
        const reason = whyNoInput(type, path);
        return reason === undefined ? [] : [`${type} has no ${path} (${reason}): see ${fileFor(type)}`];
      }),
    );
    expect(unknown).toEqual([]);
  });
});

describe("the checks find what they look for", () => {
  it.each([
    ["aws:kms/key:Key", "polcy"],
    ["aws:kms/key:Keyring", "policy"],
    ["aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "rules.filters"],
    ["kubernetes:apps/v1:Deployment", "spec.template.spec.containers.livenessProbe.httpGet.hosts"],
    ["pulumi:providers:aws", "regions"],
  ])("that %s has no %s", (type, path) => {
    expect(whyNoInput(type, path)).toContain("unknown");
  });

  it.each([
    ["a path that is named twice", { read: ["policy"], inert: { policy: "A text." } }],
    ["a path below another", { read: ["rules", "rules.id"] }],
  ])("%s", (_, description) => {
    expect(() => understood(description)).toThrow(TypeError);
  });
});

describe("the file for a type", () => {
  it.each([
    ["aws:kms/grant:Grant", "policies/descriptions/identity/kms.ts"],
    ["aws:kinesis/stream:Stream", "policies/descriptions/kinesis.ts"],
    ["kubernetes:apps/v1:StatefulSet", "policies/descriptions/kubernetes/apps.ts"],
    ["kubernetes:batch/v1:Job", "policies/descriptions/batch.ts"],
    ["pulumi:providers:random", "policies/descriptions/pulumi.ts"],
    ["random:index/randomId:RandomId", "policies/descriptions/random.ts"],
  ])("of %s is %s", (type, file) => {
    expect(fileFor(type)).toBe(file);
  });
});

/** Why a type has no such input; `undefined` where it has one. */
function whyNoInput(type: string, path: string): string | undefined {
  if (isOfEngine(type, path)) return undefined;
  const names = path.split(".");
  const lists = names.map(() => false);
  for (const depth of names.keys()) {
    let found = firstFailure(type, names.slice(0, depth + 1), lists);
    if (found?.reason.startsWith("must be") === true) {
      lists[depth - 1] = true;
      found = firstFailure(type, names.slice(0, depth + 1), lists);
    }
    if (found !== undefined) return found.reason;
  }
  return undefined;
}

/** What the engine itself has, which no SDK declares: references to stacks, and the version of a provider. */
function isOfEngine(type: string, path: string): boolean {
  return type.startsWith("pulumi:pulumi:") || (type.startsWith("pulumi:providers:") && path === "version");
}

/** What the catalogue says against an object at a path, where some names hold lists; what is missing beside it does not matter. */
function firstFailure(type: string, names: readonly string[], lists: readonly boolean[]): CheckFailure | undefined {
  const inputs = names.reduceRight<unknown>((value, name, depth) => {
    const member = lists[depth] === true ? [value] : value;
    return { [name]: member };
  }, UNKNOWN) as Readonly<Record<string, unknown>>;
  const [, , provider = ""] = type.split(":");
  const failures = type.startsWith("pulumi:providers:")
    ? catalogue.checkProviderConfig(provider, inputs)
    : catalogue.checkInputs(type, inputs);
  return failures.find(({ reason }) => reason !== "missing required property");
}
