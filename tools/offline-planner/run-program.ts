import config from "@pulumi/pulumi/runtime/config.js";
import { type MonitorClientPair, connect, sdkRuntime } from "../../sandbox/control-plane/sdk-runtime.ts";

/** A Pulumi program: what it returns are the stack's outputs. */
export type Program = () => unknown;

/** Where a program runs: the stack that it believes to be, and what answers it. */
export interface ProgramTarget {
  readonly project: string;
  readonly stack: string;
  readonly clients: MonitorClientPair;
}

/** The SDK takes a stack trace with every promise, to name those that leak; more frames than these cost more than they tell. */
const STACK_FRAMES = 5;

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a program in this process against a monitor, in a runtime of its own; rejects with its first failure. Programs wait for
 * one another: a rejected promise that nobody handles does not say which program it comes from.
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
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = STACK_FRAMES;
  process.on("unhandledRejection", note);
  try {
    await runInRuntime(program, target);
  } finally {
    // A registration that failed rejects promises nobody waits for; they are delivered in a later turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", note);
    Error.stackTraceLimit = stackTraceLimit;
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
