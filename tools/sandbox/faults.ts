import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { CloudError } from "./cloud/errors.ts";

const FAULT = z.object({
  /** What happens: a throttled call, a failing one, one that makes the resource and then fails, an exhausted quota. */
  kind: z.enum(["throttle", "fail", "half-fail", "quota"]),
  operation: z.enum(["create", "update", "delete"]).default("create"),
  /** Resource type that is hit; every type when absent. */
  type: z.string().optional(),
  /** How many calls are hit before all is well again. */
  times: z.int().min(1).default(1),
});

/** A fault that a sandbox is asked to show. */
export type SandboxFault = z.input<typeof FAULT>;

/** Decides which calls fail; without faults none does. */
export interface FaultPlan {
  /** Throws `CloudError` when the operation is to be hit. */
  strike(operation: "create" | "update" | "delete", subject: { readonly urn: string; readonly type: string }): void;
  /** Whether a creation is to be hit after the resource was made. */
  halfFails(subject: { readonly urn: string; readonly type: string }): boolean;
}

/** A cloud in which nothing goes wrong by itself. */
export const NO_FAULTS: FaultPlan = { strike: () => undefined, halfFails: () => false };

/** Asks the sandbox in `root` to show `faults`, instead of whatever it was asked before. */
export function injectFaults(root: string, faults: readonly SandboxFault[]): void {
  const folder = join(root, ".faults");
  rmSync(folder, { recursive: true, force: true });
  for (const [i, it] of faults.entries()) {
    const fault = FAULT.parse(it);
    for (let k = 0; k < fault.times; k++) {
      const file = join(folder, `${i}-${k}.json`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify({ ...fault, times: 1 }));
    }
  }
}

/** The faults asked of the sandbox in `root`; each is shown once, by whichever process claims it first. */
export function faultsOnDisk(root: string): FaultPlan {
  const folder = join(root, ".faults");
  const claim = (operation: string, type: string, half: boolean): z.output<typeof FAULT> | undefined => {
    if (!existsSync(folder)) return undefined;
    for (const name of readdirSync(folder)
      .filter((it) => it.endsWith(".json"))
      .sort()) {
      const fault = FAULT.parse(JSON.parse(readFileSync(join(folder, name), "utf8")));
      if (fault.operation !== operation || (fault.kind === "half-fail") !== half || (fault.type ?? type) !== type)
        continue;
      if (take(join(folder, name))) return fault;
    }
    return undefined;
  };
  return {
    strike: (operation, { type }) => {
      const fault = claim(operation, type, false);
      if (fault?.kind === "throttle")
        throw new CloudError("ThrottlingException", `Rate exceeded (${operation} of ${type})`);
      if (fault?.kind === "quota") throw new CloudError("LimitExceeded", `the quota of ${type} is exhausted`);
      if (fault?.kind === "fail") throw new CloudError("InternalFailure", `${operation} of ${type} failed`);
    },
    halfFails: ({ type }) => claim("create", type, true) !== undefined,
  };
}

function take(file: string): boolean {
  try {
    renameSync(file, `${file}.${process.pid}.shown`);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
