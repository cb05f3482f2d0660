import { beforeAll, describe, expect, it } from "vitest";
import { behaviourOf } from "../../../../sandbox/control-plane/behaviours/index.ts";
import {
  type Catalogue,
  ensureCatalogue,
  type PropertySpec,
  type ResourceSpec,
} from "../../../../sandbox/control-plane/catalogue/catalogue.ts";
import { readTokens } from "../tokens.ts";
import { Cloud } from "../../../../sandbox/control-plane/cloud/cloud.ts";
import { CloudError } from "../../../../sandbox/control-plane/cloud/errors.ts";
import { NO_FAULTS } from "../../../../sandbox/control-plane/faults.ts";
import { MemoryStore } from "../../../../sandbox/control-plane/store/memory-store.ts";
import { kindFaults } from "../kinds.ts";

const HERE = { account: "111122223333", region: "eu-west-1", defaultTags: {} };

let catalogue: Catalogue;
let specs: readonly ResourceSpec[] = [];
beforeAll(async () => {
  catalogue = await ensureCatalogue();
  const tokens = ["aws", "keycloak"].flatMap((name) => readTokens(name as "aws" | "keycloak"));
  specs = tokens.filter((it) => behaviourOf(it) === undefined).flatMap((it) => catalogue.resource(it) ?? []);
});

const subject = ({ token }: ResourceSpec, name = "it") => ({
  urn: `urn:pulumi:dev::alicerce::${token}::${name}`,
  type: token,
});
const cloud = () => new Cloud({ catalogue, store: new MemoryStore(), faults: NO_FAULTS });

function creates(act: () => unknown): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if (error instanceof CloudError) return false;
    throw error;
  }
}

/** A plausible value of a required input. */
function valueOf({ type }: PropertySpec): unknown {
  if (type === "boolean") return true;
  if (type === "number" || type === "integer") return 1;
  if (typeof type === "string") return "value";
  if ("values" in type) return type.values[0];
  return "array" in type ? [] : {};
}

/** The inputs that a type demands, with the name that the cloud gives. */
function inputsOf(spec: ResourceSpec, name = "it"): Record<string, unknown> {
  const required = Object.entries(spec.inputs).filter(([, it]) => it.required === true);
  const given = Object.fromEntries(required.map(([key, it]) => [key, valueOf(it)]));
  return { ...given, ...cloud().check(HERE, subject(spec, name), undefined, given).defaults };
}

describe("every type of the catalogue for which no behaviour is written", () => {
  it("is there to be tested", () => {
    expect(specs.length).toBeGreaterThan(1_700);
  });

  it("is created with an id, and outputs of the kinds that the SDK declares, the same each time", () => {
    for (const spec of specs) {
      const [first, second] = [0, 1].map(() => cloud().create(HERE, subject(spec), inputsOf(spec)));
      expect(first, spec.token).toEqual(second);
      expect(first!.id, spec.token).toMatch(/[a-zA-Z0-9]/);
      expect(kindFaults(catalogue, spec.token, first!.outputs)).toEqual([]);
      expect(
        Object.keys(first!.outputs).filter((it) => !spec.outputs.includes(it) && spec.inputs[it] === undefined),
      ).toEqual([]);
    }
  });

  it("has, where it has an ARN, one in this account or in none", () => {
    const arns = specs.map((spec) => [spec.token, cloud().create(HERE, subject(spec), inputsOf(spec)).outputs["arn"]]);
    const own = arns.filter(([, arn]) => arn !== undefined && arn !== "value");
    expect(own.length).toBeGreaterThan(840);
    const form = /^arn:aws:[a-z0-9-]+:(?:eu-west-1|[a-z-]*)?:(?:111122223333|aws)?:.*[^/:]$/;
    expect(own.filter(([, arn]) => !form.test(String(arn)) || String(arn).includes("$"))).toEqual([]);
  });

  it("lets two of one type exist, unless CloudFormation says that what they have in common tells them apart", () => {
    const refused = specs.filter((spec) => {
      const one = cloud();
      const [a, b] = ["a", "b"].map((name) => one.predictCreate(HERE, subject(spec, name), inputsOf(spec, name)));
      const isSame = a!.id === b!.id || (spec.arnTemplate !== undefined && a!.outputs["arn"] === b!.outputs["arn"]);
      one.create(HERE, subject(spec, "a"), inputsOf(spec, "a"));
      return !isSame && !creates(() => one.create(HERE, subject(spec, "b"), inputsOf(spec, "b")));
    });
    expect(refused.map((it) => it.token)).toEqual([]);
  });

  it("is replaced when what its id is made of changes", () => {
    const stream = catalogue.resource("aws:kinesis/stream:Stream")!;
    expect(cloud().diff(HERE, subject(stream), { name: "a" }, { name: "b" }).replaces).toEqual(["name"]);
    expect(cloud().diff(HERE, subject(stream), { shardCount: 1 }, { shardCount: 2 }).replaces).toEqual([]);
  });
});
