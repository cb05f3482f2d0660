import config from "@pulumi/pulumi/runtime/config.js";
import {
  type MonitorClientPair,
  connect,
  sdkRuntime,
  recordNoPromises,
} from "../../sandbox/control-plane/sdk-runtime.ts";

/** A Pulumi program; it returns the stack's outputs. */
export type Program = () => unknown;

/** The project and stack that a program is told it runs in, and the clients that its SDK calls. */
export interface ProgramTarget {
  readonly project: string;
  readonly stack: string;
  readonly clients: MonitorClientPair;
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a program in this process against a monitor, with an SDK runtime of its own; rejects with the program's first failure. Programs
 * run one after the other, because an unhandled rejection does not say which program it comes from.
 */
export async function runProgram(program: Program, target: ProgramTarget): Promise<void> {
  const run = last.then(() => runAlone(program, target));
  last = run.catch(() => undefined);
  return run;
}

async function runAlone(program: Program, target: ProgramTarget): Promise<void> {
  const failures: unknown[] = [];
  const note = (error: unknown): void => {
    failures.push(error);
  };
  process.on("unhandledRejection", note);
  try {
    recordNoPromises();
    await runInRuntime(program, target);
  } finally {
    // A failed registration rejects promises that nobody handles; Node.js reports those in a later turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", note);
  }
  if (failures.length > 0) throw failures[0];
}

async function runInRuntime(program: Program, { project, stack, clients }: ProgramTarget): Promise<void> {
  await sdkRuntime.withLocalStorage(async () => {
    await connect({ project, stack }, clients);
    config.setAllConfig({}, []);
    await sdkRuntime.runInPulumiStack(program);
    await sdkRuntime.waitForRPCs();
  });
}
