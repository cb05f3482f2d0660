import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import proto from "@pulumi/pulumi/proto/analyzer_pb.js";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { dayOf } from "../../../contracts/day.ts";
import { stringifyProvedPlan } from "../../../plan/loaders/proved-plan.ts";
import { ProjectCopy } from "../../support/project-copy.ts";
import { PackProcess } from "./pack-process.ts";
import { STACK, told } from "./shown.ts";

const { ADVISORY, MANDATORY } = proto.EnforcementLevel;
const TYPE = "aws:cloudwatch/logGroup:LogGroup";
/** A stack without a tenant's data, in which the group breaks one rule only. */
const STACK_NAME = "production.eu-west-1";
const URN = `urn:pulumi:${STACK_NAME}::alicerce::${TYPE}::logs`;
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555";
const NAMED = { name: "/alicerce/logs", kmsKeyId: KEY };
const logs = { type: TYPE, name: "logs", properties: { ...NAMED, retentionInDays: 30 } };
const MONTH = '"logs" must keep its logs for a named number of days, at least 365.';

const exemption = (days: number): object => ({
  rule: "p7-log-groups-keep-logs",
  resource: URN,
  finding: MONTH,
  reason: "The archive takes over until the migration ends.",
  owner: "platform@example.com",
  ticket: "OPS-12",
  expiry: dayOf(new Date(Date.now() + days * 86_400_000)),
});

const folder = mkdtempSync(join(tmpdir(), "exempt-"));
let pack: PackProcess | undefined;
let copy: ProjectCopy | undefined;

afterEach(() => {
  pack?.stop();
  copy?.remove();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function env(retentionInDays: number): Record<string, string> {
  const file = join(folder, "plan.json");
  const provider = `urn:pulumi:${STACK_NAME}::alicerce::pulumi:providers:aws::aws`;
  const links = { custom: true, dependencies: [], propertyDependencies: {} };
  const defaultTags = { tags: { "alicerce:environment": "production" } };
  const inputs = { region: "eu-west-1", allowedAccountIds: ["111122223333"], defaultTags };
  const resources = [
    { urn: provider, type: "pulumi:providers:aws", name: "aws", inputs, ...links },
    { urn: URN, type: TYPE, name: "logs", inputs: { ...NAMED, retentionInDays }, provider, ...links },
  ];
  writeFileSync(file, stringifyProvedPlan({ stack: STACK_NAME, complete: true, resources }, []));
  return { ALICERCE_JUDGED_PLAN: file };
}

/** The pack of a repository with the exemption in `policies/`. */
async function packWith(it: object, retentionInDays = 30): Promise<PackProcess> {
  copy = new ProjectCopy();
  copy.edit({ file: "policies/exemptions/exemptions.ts", find: "([])", replace: `([${JSON.stringify(it)}])` });
  const policies = join(copy.folder, "policies");
  const args = [join(policies, "main.mjs"), "127.0.0.1:1", policies];
  return PackProcess.start({ args, stack: STACK_NAME, env: env(retentionInDays) });
}

describe("the pack", () => {
  it("lets an update with an exempt finding begin, and tells the finding at its end", async () => {
    pack = await packWith(exemption(60));
    expect(await pack.announce(STACK)).toEqual([]);
    expect(await pack.announce(logs)).toEqual([]);
    const [found, ...others] = told(await pack.conclude(STACK, logs), "p7-log-groups-keep-logs");
    expect(others).toEqual([]);
    expect(found?.getEnforcementlevel()).toBe(ADVISORY);
    expect(found?.getMessage()).toMatch(/^exempt until \d{4}-\d\d-\d\d \(OPS-12, platform@example.com\): "logs" must/);
  });

  it.each([
    ["ended yesterday", -1, "be renewed or removed"],
    ["lasts a year", 365, "end within 180 days"],
  ])("refuses an update with an exemption that %s", async (_, days, words) => {
    pack = await packWith(exemption(days));
    const refused = await pack.announce(STACK);
    expect(told(refused, "p7-log-groups-keep-logs")[0]?.getMessage()).toBe(MONTH);
    const [found] = told(refused, "p8-exemptions-are-current");
    expect(found?.getEnforcementlevel()).toBe(MANDATORY);
    expect(found?.getMessage()).toContain(words);
  });

  it("refuses an update with an exemption that nothing needs", async () => {
    pack = await packWith(exemption(60), 365);
    const [found] = told(await pack.announce(STACK), "p8-exemptions-are-current");
    expect(found?.getMessage()).toContain("must be removed: there is no such finding");
  });

  it("reads no exemption from variables of the environment", async () => {
    const list = JSON.stringify([exemption(60)]);
    const file = join(folder, "exemptions.json");
    writeFileSync(file, list);
    const variables = { ALICERCE_EXEMPTIONS: file, EXEMPTIONS: list, PULUMI_CONFIG: `{"alicerce:exemptions":${list}}` };
    pack = await PackProcess.start({ stack: STACK_NAME, env: { ...env(30), ...variables } });
    expect(told(await pack.announce(STACK), "p7-log-groups-keep-logs")[0]?.getMessage()).toBe(MONTH);
    const settings = { "p7-log-groups-keep-logs": ADVISORY };
    await expect(pack.configure(settings, { exemptions: file })).rejects.toThrow('has no setting "exemptions"');
  });
});
