import * as aws from "@pulumi/aws";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, test } from "vitest";
import type { Plan, PlannedResource } from "../../../plan/model.ts";
import { judge } from "../../../policies/engine/judge.ts";
import { type Exemption, readExemptions } from "../../../policies/exemptions/exemption.ts";
import { judgeExempting } from "../../../policies/exemptions/exempting.ts";
import { logGroupsKeepLogs } from "../../../policies/premise-7-observability/log-groups-keep-logs.ts";
import { RULES } from "../../../policies/rules.ts";
import { type Judgement, summarize } from "../../../tools/cli/judgement.ts";
import { planProgram } from "../../../tools/offline-planner/plan.ts";
import { sarifOf } from "../../../tools/report/sarif.ts";
import { served, STACK } from "../offline-planner/programs.ts";
import { TODAY } from "../../support/rule-tester.ts";
import schema from "./sarif-schema-2.1.0.json" with { type: "json" };

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: string;
  readonly level: string;
  readonly locations: readonly {
    readonly physicalLocation?: { readonly artifactLocation: object; readonly region: { readonly startLine: number } };
    readonly logicalLocations: readonly object[];
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly object[];
}

interface Log {
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly rules: readonly { readonly id: string; readonly properties: object }[] };
    };
    readonly results: readonly Result[];
  }[];
}

const REASON = "The archive takes over until the migration ends.";

let validate: ValidateFunction;
let plan: Plan;

beforeAll(async () => {
  const ajv = new Ajv2020({ allErrors: true, strictTypes: false });
  ajv.addFormat("uri", (it: string) => URL.canParse(it));
  ajv.addFormat("uri-reference", (it: string) => URL.canParse(it, "https://example.com/"));
  ajv.addFormat("uuid", /^[0-9a-f-]{36}$/);
  ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT/);
  validate = ajv.compile(schema);
  plan = (await planProgram(program, { stack: STACK, preview: "realistic" })).plan;
});

/** A key that breaks a rule, a group of logs that breaks another, and a policy that cannot be judged before the key exists. */
function program(): object {
  const opts = served();
  const key = new aws.kms.Key("open", {}, opts);
  new aws.cloudwatch.LogGroup("logs", { retentionInDays: 30 }, opts);
  new aws.iam.RolePolicy(
    "grant",
    { role: "someone", policy: key.arn.apply((it) => JSON.stringify({ Statement: it })) },
    opts,
  );
  return { arn: key.arn };
}

describe("a judgement in SARIF", () => {
  test("is valid by the schema of SARIF 2.1.0, which refuses what is none", () => {
    expectValid(log(plan));
    const broken = { ...log(plan), version: "2.0.0" };
    expect(validate(broken)).toBe(false);
  });

  test("is valid where nothing is found", () => {
    const empty = log({ ...plan, resources: [] });
    expectValid(empty);
    expect(empty.runs[0]?.results).toEqual([]);
  });

  test("describes every rule, with its severity, its remedy and its frameworks", () => {
    const rules = log(plan).runs[0]?.tool.driver.rules;
    expect(rules?.map((it) => it.id)).toEqual(RULES.map((it) => it.name));
    expect(rules?.find((it) => it.id === "p5-encryption-keys-rotate")).toMatchObject({
      name: "EncryptionKeysRotate",
      shortDescription: { text: "Encryption keys rotate." },
      help: { text: "Set `enableKeyRotation`, and no `rotationPeriodInDays` above 365." },
      defaultConfiguration: { level: "error" },
      properties: {
        "security-severity": "8.0",
        tags: [
          "security",
          "premise-5-tenant-isolation",
          "SOC 2 CC6.1",
          "ISO 27001 A.8.24",
          "PCI DSS 3.5",
          "GDPR Art. 32",
          "NIST CSF PR.DS-01",
          "AWS Well-Architected SEC 8",
          "AWS Security Hub CSPM KMS.4",
          "Prowler kms_cmk_rotation_enabled",
        ],
      },
    });
  });

  test("places what is violated at the line that registers the resource, and at the resource itself", () => {
    const found = resultOf(log(plan), "p5-encryption-keys-rotate");
    expect(found).toMatchObject({ kind: "fail", level: "error" });
    expect(RULES[found.ruleIndex]?.name).toBe(found.ruleId);
    expect(found.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: "test/tools/report/sarif.test.ts", uriBaseId: "%SRCROOT%" },
          region: { startLine: plan.resources.find((it) => it.name === "open")?.source?.line },
        },
        logicalLocations: [
          {
            name: "open",
            kind: "resource",
            fullyQualifiedName: `urn:pulumi:${STACK}::alicerce::aws:kms/key:Key::open`,
          },
        ],
      },
    ]);
  });

  test("places what has no line in the file that was judged", () => {
    const key: PlannedResource = { ...plan.resources.find((it) => it.name === "open")! };
    delete (key as { source?: unknown }).source;
    const found = resultOf(
      log({ ...plan, resources: [key] }, (stack) => `states/${stack} 1.json`),
      "p5-encryption-keys-rotate",
    );
    expect(found.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: "states/production.eu-west-1%201.json" },
      region: { startLine: 1 },
    });
  });

  test("calls open what cannot be decided", () => {
    expect(resultOf(log(plan), "p8-grants-name-exact-actions")).toMatchObject({ kind: "open", level: "none" });
  });

  test("shows what is exempt as suppressed, with its reason, and of every other result that it is not", () => {
    const exempt = log(plan, undefined, exemptionOf(plan));
    expectValid(exempt);
    const results = exempt.runs[0]?.results ?? [];
    const suppressed = results.filter((it) => it.suppressions?.length === 1);
    expect(suppressed).toEqual([
      expect.objectContaining({
        ruleId: "p7-log-groups-keep-logs",
        kind: "fail",
        suppressions: [expect.objectContaining({ kind: "external", status: "accepted", justification: REASON })],
      }),
    ]);
    expect(results.every((it) => it.suppressions !== undefined)).toBe(true);
    expect(results).toHaveLength(log(plan).runs[0]?.results.length ?? 0);
    expect(log(plan).runs[0]?.results.every((it) => it.suppressions === undefined)).toBe(true);
  });

  test("recognises a finding again in another run, wherever its line has moved", () => {
    const moved = plan.resources.map((it) => ({ ...it, source: { file: "index.ts", line: 900 } }));
    const prints = (it: Log): unknown => it.runs[0]?.results.map(({ partialFingerprints }) => partialFingerprints);
    expect(prints(log({ ...plan, resources: moved }))).toEqual(prints(log(plan)));
    const all = log(plan).runs[0]?.results.map((it) => Object.values(it.partialFingerprints)[0]);
    expect(new Set(all).size).toBe(all?.length);
  });
});

/** An exemption of the group of logs that keeps them for too few days. */
function exemptionOf(judged: Plan): readonly Exemption[] {
  const [found] = judge(judged, TODAY).rules.find((it) => it.rule === logGroupsKeepLogs)?.violations ?? [];
  const agreed = { reason: REASON, owner: "platform@example.com", ticket: "OPS-12", expiry: "2026-09-01" };
  return readExemptions([{ rule: logGroupsKeepLogs.name, resource: found?.urn, finding: found?.message, ...agreed }]);
}

function log(judged: Plan, fileOf?: (stack: string) => string, others: readonly Exemption[] = []): Log {
  const { verdicts, ...exemptions } = judgeExempting([judged], TODAY, { others });
  const sum = summarize(verdicts, undefined, exemptions);
  const judgement: Judgement = { preview: "known", stacks: [], plans: [judged], durationMs: 0, ...sum };
  return sarifOf(judgement, { id: "plan/production", rules: RULES, fileOf }) as Log;
}

function expectValid(it: Log): void {
  validate(it);
  expect(validate.errors).toBeNull();
}

function resultOf({ runs }: Log, rule: string): Result {
  const found = runs[0]?.results.find((it) => it.ruleId === rule);
  if (found === undefined) throw new Error(`nothing is found by ${rule}`);
  return found;
}
