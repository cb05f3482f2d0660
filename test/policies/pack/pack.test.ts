import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import proto from "@pulumi/pulumi/proto/analyzer_pb.js";
import { afterEach, describe, expect, it } from "vitest";
import { type Refutation, stringifyProvedPlan } from "../../../plan/loaders/proved-plan.ts";
import { UNKNOWN } from "../../../plan/model.ts";
import { PROOFS } from "../../../policies/proofs/proofs.ts";
import { RULES } from "../../../policies/rules.ts";
import { TENANT_STACK } from "../../support/rule-tester.ts";
import { type Described, planOf, urnOf } from "../programs.ts";
import { PackProcess, type Shown, STARTS } from "./pack-process.ts";
import { key, runtime, STACK, told, UNKNOWN_TEXT } from "./shown.ts";

const { ADVISORY, MANDATORY } = proto.EnforcementLevel;
const MARK = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

const logs = (retentionInDays: unknown): Shown => ({
  type: "aws:cloudwatch/logGroup:LogGroup",
  name: "logs",
  properties: { retentionInDays },
});
const database = (publiclyAccessible: boolean): Shown => ({
  type: "aws:rds/instance:Instance",
  name: "orders",
  properties: { publiclyAccessible },
});
const BUCKET: Shown = { type: "aws:s3/bucket:Bucket", name: "assets", properties: { bucket: "assets" } };
const MONTH = '"logs" must keep its logs for a named number of days, at least 365.';

let pack: PackProcess | undefined;
const folder = mkdtempSync(join(tmpdir(), "pack-"));

afterEach(() => {
  pack?.stop();
});

function judgedPlan(...resources: readonly Described[]): Record<string, string> {
  return provedPlan([], ...resources);
}

function provedPlan(
  refutations: readonly Refutation[] | undefined,
  ...resources: readonly Described[]
): Record<string, string> {
  const file = join(folder, "plan.json");
  writeFileSync(file, stringifyProvedPlan(planOf(...resources), refutations));
  return { ALICERCE_JUDGED_PLAN: file };
}

describe("the pack, as the engine starts it", () => {
  it.each(Object.entries(STARTS))("publishes every rule and proof when started %s", async (_, args) => {
    pack = await PackProcess.start({ args });
    const info = await pack.info();
    expect(info.getName()).toBe("alicerce-premises");
    expect(info.getPoliciesList().map((it) => it.getName())).toEqual([...RULES, ...PROOFS].map(({ name }) => name));
    const [first] = info.getPoliciesList();
    expect(first?.toObject()).toMatchObject({
      enforcementlevel: MANDATORY,
      severity: proto.PolicySeverity.POLICY_SEVERITY_CRITICAL,
      policyType: proto.PolicyType.POLICY_TYPE_STACK,
      description: RULES[0]?.description,
      remediationSteps: RULES[0]?.remediation,
      framework: { name: "SOC 2", reference: "CC6.6" },
    });
  });
});

describe("a preview", () => {
  it("is judged once, at its end, by inputs although only outputs come then", async () => {
    pack = await PackProcess.start({ stack: TENANT_STACK, dryRun: true });
    expect(await pack.announce(STACK)).toEqual([]);
    expect(await pack.announce(logs(30))).toEqual([]);
    const [found, ...others] = told(await pack.conclude(STACK, logs(30)), "p7-log-groups-keep-logs");
    expect(others).toEqual([]);
    expect(found?.toObject()).toMatchObject({
      message: MONTH,
      enforcementlevel: MANDATORY,
      severity: proto.PolicySeverity.POLICY_SEVERITY_HIGH,
      urn: pack.urnOf(logs(30)),
      policypackname: "alicerce-premises",
    });
  });

  it.each([
    ["unknown", UNKNOWN_TEXT],
    ["an output without a value", { [MARK]: OUTPUT }],
  ])("advises of a mandatory rule that waits for what is %s", async (_, retention) => {
    pack = await PackProcess.start({ stack: TENANT_STACK, dryRun: true });
    await pack.announce(logs(retention));
    const [found] = told(await pack.conclude(logs(retention)), "p7-log-groups-keep-logs");
    expect(found?.getEnforcementlevel()).toBe(ADVISORY);
    expect(found?.getMessage()).toBe('undetermined until this is known: "logs" (retentionInDays).');
  });

  it("reads what secrets and outputs hold", async () => {
    pack = await PackProcess.start({ stack: TENANT_STACK, dryRun: true });
    const retention = { [MARK]: OUTPUT, value: { [MARK]: SECRET, value: 365 } };
    await pack.announce(logs(retention));
    expect(told(await pack.conclude(logs(retention)), "p7-log-groups-keep-logs")).toEqual([]);
  });

  it("follows links by where inputs came from", async () => {
    pack = await PackProcess.start({ stack: TENANT_STACK, dryRun: true });
    const vpc: Shown = { type: "aws:ec2/vpc:Vpc", name: "vpc" };
    const lines: Shown = {
      type: "aws:cloudwatch/logGroup:LogGroup",
      name: "lines",
      properties: { kmsKeyId: UNKNOWN_TEXT },
    };
    const flows: Shown = {
      type: "aws:ec2/flowLog:FlowLog",
      name: "flows",
      properties: { vpcId: UNKNOWN_TEXT, logDestination: UNKNOWN_TEXT, trafficType: "ALL" },
      links: { vpcId: [pack.urnOf(vpc)], logDestination: [pack.urnOf(lines)] },
    };
    for (const it of [vpc, lines, flows]) await pack.announce(it);
    expect(told(await pack.conclude(vpc, lines, flows), "p7-vpcs-record-flows")).toEqual([]);
    expect(told(await pack.conclude(vpc), "p7-vpcs-record-flows")).toHaveLength(1);
  });
});

describe("an update", () => {
  it("is refused at its first resource when the whole plan breaks a mandatory rule", async () => {
    const env = judgedPlan({ type: "aws:cloudwatch/logGroup:LogGroup", name: "logs", inputs: { retentionInDays: 30 } });
    pack = await PackProcess.start({ stack: TENANT_STACK, env });
    const [found] = told(await pack.announce(STACK), "p7-log-groups-keep-logs");
    expect(found?.getMessage()).toBe(MONTH);
    expect(found?.getEnforcementlevel()).toBe(MANDATORY);
  });

  it("begins when the whole plan keeps the mandatory rules, or has yet to be known", async () => {
    const tags = { "alicerce:tenant": "xyz-gmbh" };
    const vpcEndpoint = {
      type: "aws:ec2/subnet:Subnet",
      name: "a",
      inputs: { region: "eu-west-1", tags, vpcId: UNKNOWN },
      propertyDependencies: { vpcId: [urnOf("aws:ec2/vpc:Vpc", "vpc")] },
    };
    pack = await PackProcess.start({ stack: TENANT_STACK, env: judgedPlan(vpcEndpoint) });
    expect(await pack.announce(STACK)).toEqual([]);
  });

  it("is refused when the plan cannot be had, with the reason", async () => {
    pack = await PackProcess.start({
      stack: TENANT_STACK,
      env: { ALICERCE_JUDGED_PLAN: join(folder, "missing.json") },
    });
    const [found] = await pack.announce(STACK);
    expect(found?.getEnforcementlevel()).toBe(MANDATORY);
    expect(found?.getMessage()).toMatch(/^the stack must be judged before it is created: ENOENT/);
  });

  it("is refused when the plan is of another stack", async () => {
    pack = await PackProcess.start({ stack: "production.eu-west-1", env: judgedPlan() });
    const [found] = await pack.announce(STACK);
    expect(found?.getMessage()).toContain(`the plan is of the stack "${TENANT_STACK}", not of "production.eu-west-1"`);
  });

  it("is refused when nothing was proved over the plans of its environment", async () => {
    pack = await PackProcess.start({ stack: TENANT_STACK, env: provedPlan(undefined) });
    const [found] = await pack.announce(STACK);
    expect(found?.getEnforcementlevel()).toBe(MANDATORY);
    expect(found?.getMessage()).toContain('a plan must have "refutations"');
  });

  it("is refused when a proof over its environment is violated, by a resource of whichever stack, with the way", async () => {
    const [proof] = PROOFS;
    const refutation = {
      proof: proof?.name ?? "",
      stack: "production.us-east-1",
      urn: "urn:pulumi:production.us-east-1::alicerce::aws:iam/role:Role::a",
      message: '"a" must reach nothing.',
      steps: ["It is a role.", "It reaches something."],
    };
    pack = await PackProcess.start({ stack: TENANT_STACK, env: provedPlan([refutation]) });
    const [found, ...others] = await pack.announce(STACK);
    expect(others).toEqual([]);
    expect(found?.getPolicyname()).toBe(proof?.name);
    expect(found?.getEnforcementlevel()).toBe(MANDATORY);
    expect(found?.getMessage()).toBe(
      'production.us-east-1: "a" must reach nothing. → It is a role. → It reaches something.',
    );
  });

  it("is refused when a proof that the pack does not know refutes the plan", async () => {
    const refutation = { proof: "p5-nothing", stack: TENANT_STACK, urn: "urn:a", message: "It is not so.", steps: [] };
    pack = await PackProcess.start({ stack: TENANT_STACK, env: provedPlan([refutation]) });
    const [found] = await pack.announce(STACK);
    expect(found?.getEnforcementlevel()).toBe(MANDATORY);
    expect(found?.getMessage()).toContain('there is no proof "p5-nothing"');
  });

  it.each<[string, Shown]>([
    ["p3-data-stores-are-private", database(true)],
    ["p3-runtimes-run-in-the-vpc", runtime("PUBLIC")],
    ["p5-encryption-keys-rotate", key(false)],
  ])(
    "of a stack that is none of ours is refused at the resource that breaks %s, before it is created",
    async (name, it) => {
      pack = await PackProcess.start({});
      expect(await pack.announce(logs(30))).toEqual([]);
      const [found, ...others] = await pack.announce(it);
      expect(others).toEqual([]);
      expect(found?.getPolicyname()).toBe(name);
      expect(found?.getUrn()).toBe(pack.urnOf(it));
    },
  );

  it("of a stack that is none of ours goes on where a rule only advises", async () => {
    pack = await PackProcess.start({});
    await pack.configure({ "p5-encryption-keys-rotate": ADVISORY });
    expect(await pack.announce(key(false))).toEqual([]);
  });

  it("of a stack that is none of ours tells at its end of what is missing: it might still have come", async () => {
    pack = await PackProcess.start({});
    expect(await pack.announce(BUCKET)).toEqual([]);
    expect(await pack.announce(database(false))).toEqual([]);
    const found = await pack.conclude(BUCKET, database(false));
    expect(found.map((it) => it.getPolicyname())).toEqual(["p3-data-stores-are-private", "p3-data-travels-encrypted"]);
  });

  it("lets a guarded resource pass although something that belongs to it has yet to come", async () => {
    pack = await PackProcess.start({});
    const refused = await pack.announce(runtime("VPC"));
    expect(told(refused, "p3-runtimes-run-in-the-vpc")).toEqual([]);
    expect(told(refused, "p1-mcp-runtimes-stand-behind-a-gateway")).toEqual([]);
  });

  it("counts what a mandatory rule still cannot decide at the end as violated", async () => {
    pack = await PackProcess.start({});
    await pack.announce(key(UNKNOWN_TEXT));
    const [found] = told(await pack.conclude(key(UNKNOWN_TEXT)), "p5-encryption-keys-rotate");
    expect(found?.getEnforcementlevel()).toBe(MANDATORY);
    expect(found?.getMessage()).toContain("enableKeyRotation");
  });
});

process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
