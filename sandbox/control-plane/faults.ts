import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { CloudError } from "./cloud/errors.ts";

const FAULT = z
  .strictObject({
    /** What happens: a throttled call, a failing one, one that makes the resource and then fails, an exhausted quota. */
    kind: z.enum(["throttle", "fail", "half-fail", "quota"]),
    operation: z.enum(["create", "update", "delete"]).default("create"),
    /** Resource type that is hit; every type when absent. */
    type: z.string().optional(),
    /** How many calls are hit before all is well again. */
    times: z.int().min(1).max(1000).default(1),
  })
  .refine(({ kind, operation }) => kind !== "half-fail" || operation === "create", {
    message: "only a creation half-fails",
    path: ["operation"],
  });

type Fault = z.output<typeof FAULT>;
type Operation = Fault["operation"];

/** A fault that a sandbox is asked to show. */
export type SandboxFault = z.input<typeof FAULT>;

/** Decides which calls fail; without faults none does. */
export interface FaultPlan {
  /** Throws `CloudError` when the operation is to be hit. */
  strike(operation: Operation, subject: { readonly urn: string; readonly type: string }): void;
  /** Whether a creation is to be hit after the resource was made. */
  halfFails(subject: { readonly urn: string; readonly type: string }): boolean;
}

/** A cloud in which nothing goes wrong by itself. */
export const NO_FAULTS: FaultPlan = { strike: () => undefined, halfFails: () => false };

/** Asks the sandbox in `root` to show `faults`, instead of whatever it was asked before; throws for a fault that makes no sense, and then changes nothing. */
export function injectFaults(root: string, faults: readonly SandboxFault[]): void {
  const sound = z.array(FAULT).parse(faults);
  const folder = folderOf(root);
  const draft = `${folder}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  for (const [i, fault] of sound.entries()) {
    for (let k = 0; k < fault.times; k++) {
      writeFileSync(join(draft, `${ordinal(i)}-${ordinal(k)}.json`), JSON.stringify({ ...fault, times: 1 }));
    }
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(draft, folder);
}

/** The faults asked of the sandbox in `root`; each is shown once, by whichever process claims it first. */
export function faultsOnDisk(root: string): FaultPlan {
  const folder = folderOf(root);
  const claimed = (wanted: (fault: Fault) => boolean): Fault | undefined => {
    for (const file of filesIn(folder)) {
      const fault = read(file);
      if (fault !== undefined && wanted(fault) && take(file)) return fault;
    }
    return undefined;
  };
  return {
    strike: (operation, { type }) => {
      const hits = (it: Fault): boolean => it.operation === operation && (it.type ?? type) === type;
      const fault = claimed((it) => hits(it) && it.kind !== "half-fail");
      if (fault !== undefined) throw errorOf(fault.kind, operation, type);
    },
    halfFails: ({ type }) => claimed((it) => it.kind === "half-fail" && (it.type ?? type) === type) !== undefined,
  };
}

function errorOf(kind: Fault["kind"], operation: Operation, type: string): CloudError {
  if (kind === "throttle") return new CloudError("ThrottlingException", `Rate exceeded (${operation} of ${type})`);
  if (kind === "quota") return new CloudError("LimitExceeded", `the quota of ${type} is exhausted`);
  return new CloudError("InternalFailure", `${operation} of ${type} failed`);
}

function folderOf(root: string): string {
  return join(root, ".faults");
}

/** Numbers that sort as text does. */
function ordinal(it: number): string {
  return String(it).padStart(4, "0");
}

function filesIn(folder: string): readonly string[] {
  const names = unlessGone(() => readdirSync(folder)) ?? [];
  return names
    .filter((it) => it.endsWith(".json"))
    .sort()
    .map((it) => join(folder, it));
}

/** A fault that is still to be shown: another process may have claimed it since the folder was read. */
function read(file: string): Fault | undefined {
  const text = unlessGone(() => readFileSync(file, "utf8"));
  return text === undefined ? undefined : FAULT.parse(JSON.parse(text));
}

function take(file: string): boolean {
  return (
    unlessGone(() => {
      renameSync(file, `${file}.${process.pid}.shown`);
      return true;
    }) ?? false
  );
}

function unlessGone<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
