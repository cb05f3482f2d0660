import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { faultsOnDisk, injectFaults, NO_FAULTS, type SandboxFault } from "../../../sandbox/control-plane/faults.ts";
import { crowd } from "./crowd.ts";

const root = mkdtempSync(join(tmpdir(), "alicerce-faults-"));
const fresh = () => mkdtempSync(join(root, "it-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const VPC = { urn: "urn:v", type: "aws:ec2/vpc:Vpc" };
const ROLE = { urn: "urn:r", type: "aws:iam/role:Role" };

/** What a plan of faults says of an operation: nothing, or the message. */
function injected(folder: string, operation: "create" | "update" | "delete", subject = VPC): string {
  try {
    faultsOnDisk(folder).inject(operation, subject);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("faults", () => {
  it("hit the operation and the type that they name, as often as they say", () => {
    const folder = fresh();
    injectFaults(folder, [{ kind: "fail", operation: "update", type: VPC.type, times: 2 }]);
    expect(injected(folder, "create")).toBe("");
    expect(injected(folder, "update", ROLE)).toBe("");
    expect(injected(folder, "update")).toBe(`InternalFailure: update of ${VPC.type} failed`);
    expect(injected(folder, "update")).toContain("InternalFailure");
    expect(injected(folder, "update")).toBe("");
  });

  it("hit every type when they name none, in the order given", () => {
    const folder = fresh();
    const kinds = ["throttle", "quota", "fail"] as const;
    const twelve = Array.from({ length: 12 }, (_, i): SandboxFault => ({ kind: kinds[i % 3] ?? "fail" }));
    injectFaults(folder, twelve);
    const codes = twelve.map(() => injected(folder, "create", ROLE).split(":")[0]);
    const expected = ["ThrottlingException", "LimitExceeded", "InternalFailure"];
    expect(codes).toEqual([...expected, ...expected, ...expected, ...expected]);
  });

  it("half-fail only after a creation", () => {
    const folder = fresh();
    injectFaults(folder, [{ kind: "half-fail", type: VPC.type }]);
    const plan = faultsOnDisk(folder);
    expect(injected(folder, "create")).toBe("");
    expect(plan.halfFails(ROLE)).toBe(false);
    expect(plan.halfFails(VPC)).toBe(true);
    expect(plan.halfFails(VPC)).toBe(false);
  });

  it("take the place of those asked for before, also of none", () => {
    const folder = fresh();
    injectFaults(folder, [{ kind: "throttle", times: 5 }]);
    injectFaults(folder, [{ kind: "quota" }]);
    expect(injected(folder, "create")).toContain("LimitExceeded");
    expect(injected(folder, "create")).toBe("");
    injectFaults(folder, [{ kind: "throttle" }]);
    injectFaults(folder, []);
    expect(injected(folder, "create")).toBe("");
  });

  it("are none where none were asked for", () => {
    expect(injected(fresh(), "create")).toBe("");
    expect(() => NO_FAULTS.inject("create", VPC)).not.toThrow();
    expect(NO_FAULTS.halfFails(VPC)).toBe(false);
  });

  it.each<[string, object, RegExp]>([
    ["an unknown kind", { kind: "explode" }, /kind/],
    ["an unknown operation", { kind: "fail", operation: "read" }, /operation/],
    ["no times at all", { kind: "fail", times: 0 }, /times/],
    ["half a time", { kind: "fail", times: 1.5 }, /times/],
    ["a misspelt property", { kind: "fail", typ: VPC.type }, /typ/],
    ["an update that half-fails", { kind: "half-fail", operation: "update" }, /only a creation half-fails/],
  ])("with %s are refused, and those asked for before stay", (_, fault, reason) => {
    const folder = fresh();
    injectFaults(folder, [{ kind: "quota" }]);
    expect(() => injectFaults(folder, [{ kind: "fail" }, fault as SandboxFault])).toThrow(reason);
    expect(injected(folder, "create")).toContain("LimitExceeded");
    expect(readdirSync(folder)).toEqual([".faults"]);
  });

  it("are shown once each, however many processes there are", async () => {
    const folder = fresh();
    injectFaults(folder, [
      { kind: "throttle", times: 60 },
      { kind: "half-fail", times: 20 },
    ]);
    const shown = await crowd<{ injected: number; half: number }>(
      5,
      `import { faultsOnDisk } from "./faults.ts";
const plan = faultsOnDisk(${JSON.stringify(folder)});
const subject = { urn: "u", type: "t" };
let [injected, half] = [0, 0];
for (let i = 0; i < 60; i++) { try { plan.inject("create", subject); } catch (error) { if (error.code !== "ThrottlingException") throw error; injected++; } if (plan.halfFails(subject)) half++; }
console.log(JSON.stringify({ injected, half }));`,
    );
    expect(shown.reduce((sum, it) => sum + it.injected, 0)).toBe(60);
    expect(shown.reduce((sum, it) => sum + it.half, 0)).toBe(20);
  });
});
