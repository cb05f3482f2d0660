import { describe, expect, it } from "vitest";
import { planOfState } from "../../../plan/loaders/state-plan.ts";
import { UNKNOWN } from "../../../plan/model.ts";

const STACK = "urn:pulumi:production.eu-west-1::alicerce";
const PROVIDER = `${STACK}::pulumi:providers:aws::aws`;
const KEY = `${STACK}::aws:kms/key:Key::key`;
const LOGS = `${STACK}::aws:cloudwatch/logGroup:LogGroup::logs`;
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const MARK = "4dabf18193072939515e22adb298388d";

const exported = (resources: unknown): string => JSON.stringify({ version: 3, deployment: { resources } });

describe("a plan from a state file", () => {
  const plan = planOfState(
    exported([
      {
        urn: `${STACK}::pulumi:pulumi:Stack::alicerce-production.eu-west-1`,
        type: "pulumi:pulumi:Stack",
        custom: false,
      },
      { urn: PROVIDER, type: "pulumi:providers:aws", custom: true, inputs: { region: "eu-west-1" } },
      { urn: KEY, type: "aws:kms/key:Key", custom: true, provider: `${PROVIDER}::0a1b`, outputs: { arn: "arn:key" } },
      {
        urn: LOGS,
        type: "aws:cloudwatch/logGroup:LogGroup",
        custom: true,
        provider: `${PROVIDER}::0a1b`,
        parent: `${STACK}::pulumi:pulumi:Stack::alicerce-production.eu-west-1`,
        inputs: { kmsKeyId: "arn:key", tags: { note: { [MARK]: SECRET, ciphertext: "AAAA" } } },
        dependencies: [KEY],
        propertyDependencies: { kmsKeyId: [KEY] },
      },
      { urn: KEY, type: "aws:kms/key:Key", custom: true, delete: true },
    ]),
  );

  it("has the stack's name, and is complete", () => {
    expect(plan).toMatchObject({ stack: "production.eu-west-1", complete: true });
  });

  it("has every resource but those that wait to be deleted", () => {
    expect(plan.resources.map(({ name }) => name)).toEqual(["alicerce-production.eu-west-1", "aws", "key", "logs"]);
  });

  it("keeps links, and the provider by its URN alone; what is encrypted is unknown", () => {
    expect(plan.resources.at(-1)).toMatchObject({
      provider: PROVIDER,
      inputs: { kmsKeyId: "arn:key", tags: { note: UNKNOWN } },
      propertyDependencies: { kmsKeyId: [KEY] },
    });
  });

  it.each([
    ["no JSON", "nonsense", SyntaxError],
    ["no state", "{}", TypeError],
    ["resources that are no list", exported({}), TypeError],
    ["a resource without a URN", exported([{ type: "x:y:Z" }]), TypeError],
  ])("refuses %s", (_, text, error) => {
    expect(() => planOfState(text)).toThrow(error);
  });

  it("is empty for a stack that has never been deployed", () => {
    expect(planOfState(exported(undefined)).resources).toEqual([]);
  });
});
