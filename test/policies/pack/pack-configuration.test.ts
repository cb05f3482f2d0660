import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import proto from "@pulumi/pulumi/proto/analyzer_pb.js";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { stringifyProvedPlan } from "../../../plan/loaders/proved-plan.ts";
import { RULES } from "../../../policies/rules.ts";
import { TENANT_STACK } from "../../support/rule-tester.ts";
import { planOf } from "../programs.ts";
import { PackProcess } from "./pack-process.ts";
import { key, STACK, told, UNKNOWN_TEXT } from "./shown.ts";

const { ADVISORY, MANDATORY } = proto.EnforcementLevel;

const folder = mkdtempSync(join(tmpdir(), "pack-configuration-"));
let pack: PackProcess | undefined;
afterEach(() => pack?.stop());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the configuration of the pack", () => {
  const { DISABLED, REMEDIATE } = proto.EnforcementLevel;
  const KEYS = "p5-encryption-keys-rotate";

  it("can be given to every policy, whose only setting is its level", async () => {
    pack = await PackProcess.start({});
    const info = await pack.info();
    expect(info.getSupportsconfig()).toBe(true);
    for (const it of info.getPoliciesList())
      expect(it.getConfigschema()?.toObject(), it.getName()).toEqual({
        properties: { fieldsMap: [] },
        requiredList: [],
      });
  });

  it("is taken when the engine names every policy, as it always does", async () => {
    pack = await PackProcess.start({});
    const names = (await pack.info()).getPoliciesList().map((it) => it.getName());
    await pack.configure(Object.fromEntries(names.map((it) => [it, MANDATORY])));
    expect(await pack.announce(STACK)).toEqual([]);
  });

  it.each([
    ["disabled", DISABLED, []],
    ["advisory", ADVISORY, [ADVISORY]],
    ["mandatory", MANDATORY, [MANDATORY]],
    ["remediate, which the pack does not do", REMEDIATE, [MANDATORY]],
  ])("makes a rule %s in a stack of somebody else", async (_, level, expected) => {
    pack = await PackProcess.start({});
    await pack.configure({ all: MANDATORY, [KEYS]: level });
    const refused = told(await pack.announce(key(false)), KEYS);
    expect(refused.map((it) => it.getEnforcementlevel())).toEqual(expected.filter((it) => it === MANDATORY));
    const found = told(await pack.conclude(key(false)), KEYS);
    expect(found.map((it) => it.getEnforcementlevel())).toEqual(expected);
  });

  it("makes what an advisory rule cannot decide no violation", async () => {
    pack = await PackProcess.start({});
    await pack.configure({ [KEYS]: ADVISORY });
    await pack.announce(key(UNKNOWN_TEXT));
    expect(told(await pack.conclude(key(UNKNOWN_TEXT)), KEYS)).toEqual([]);
  });

  it("changes nothing in a stack of this platform", async () => {
    const file = join(folder, "plan.json");
    const plan = planOf({ type: "aws:kms/key:Key", name: "data", inputs: { enableKeyRotation: false } });
    writeFileSync(file, stringifyProvedPlan(plan, []));
    pack = await PackProcess.start({ stack: TENANT_STACK, env: { ALICERCE_JUDGED_PLAN: file } });
    await pack.configure(Object.fromEntries(RULES.map(({ name }) => [name, DISABLED])));
    const [found] = told(await pack.announce(STACK), KEYS);
    expect(found?.getEnforcementlevel()).toBe(MANDATORY);
  });

  it("is refused for a rule or a setting that there is not", async () => {
    pack = await PackProcess.start({});
    await expect(pack.configure({ "p5-encryption-keys-rotat": DISABLED })).rejects.toThrow(
      'there is no policy "p5-encryption-keys-rotat" in this pack',
    );
    await expect(pack.configure({ [KEYS]: ADVISORY }, { days: 90 })).rejects.toThrow('has no setting "days"');
  });
});
