import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { CloudError } from "./cloud/errors.ts";

const FAULT = z
  .strictObject({
    /** What happens: a throttled call, a failed call, a creation that fails after the resource exists, an exhausted quota. */
    kind: z.enum(["throttle", "fail", "half-fail", "quota"]),
    operation: z.enum(["create", "update", "delete"]).default("create"),
    /** Resource type that fails; every type when absent. */
    type: z.string().optional(),
    /** How many calls fail. */
    times: z.int().min(1).max(1000).default(1),
  })
  .refine(({ kind, operation }) => kind !== "half-fail" || operation === "create", {
    message: "only a creation half-fails",
    path: ["operation"],
  });

type Fault = z.output<typeof FAULT>;
type Operation = Fault["operation"];

/** A fault that the sandbox is asked to inject. */
export type SandboxFault = z.input<typeof FAULT>;

/** Decides which calls fail. */
export interface FaultPlan {
  /** Throws `CloudError` when a fault is due for the operation. */
  inject(operation: Operation, subject: { readonly urn: string; readonly type: string }): void;
  /** Whether a creation is to fail after the resource was created. */
  halfFails(subject: { readonly urn: string; readonly type: string }): boolean;
}

/** Injects nothing. */
export const NO_FAULTS: FaultPlan = { inject: () => undefined, halfFails: () => false };

/**
 * Asks the sandbox in folder `root` to inject `faults`, in place of those asked before. Throws `ZodError` for a fault that is not valid,
 * and then changes nothing.
 */
export function injectFaults(root: string, faults: readonly SandboxFault[]): void {
  const valid = z.array(FAULT).parse(faults);
  const folder = folderOf(root);
  const draft = `${folder}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  for (const [i, fault] of valid.entries()) {
    for (let k = 0; k < fault.times; k++) {
      writeFileSync(join(draft, `${ordinal(i)}-${ordinal(k)}.json`), JSON.stringify({ ...fault, times: 1 }));
    }
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(draft, folder);
}

/** The faults asked of the sandbox in folder `root`; each is injected once, by the first process that claims it. */
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
    inject: (operation, { type }) => {
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

/** A number with leading zeros, so that file names sort by number. */
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

/** A fault that is still due; `undefined` when another process has claimed it since the folder was listed. */
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
