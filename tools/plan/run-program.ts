import config from "@pulumi/pulumi/runtime/config.js";
import { type MonitorClientPair, connect, sdkRuntime } from "../sandbox/sdk-runtime.ts";

/** A Pulumi program: what it returns are the stack's outputs. */
export type Program = () => unknown;

/** The SDK takes a stack trace with every promise, to name those that leak; more frames than these cost more than they tell. */
const STACK_FRAMES = 5;

/** Runs a program in this process against a monitor, in a runtime of its own; rejects with its first failure. */
export async function runProgram(
  program: Program,
  {
    project,
    stack,
    clients,
  }: { readonly project: string; readonly stack: string; readonly clients: MonitorClientPair },
): Promise<void> {
  const failures: unknown[] = [];
  const note = (error: unknown): void => {
    failures.push(error);
  };
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = STACK_FRAMES;
  process.on("unhandledRejection", note);
  try {
    await sdkRuntime.withLocalStorage(async () => {
      await connect({ project, stack }, clients);
      config.setAllConfig({}, []);
      await sdkRuntime.runInPulumiStack(program);
      await sdkRuntime.waitForRPCs();
    });
    // A registration that failed rejects promises nobody waits for; they are delivered in a later turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.off("unhandledRejection", note);
    Error.stackTraceLimit = stackTraceLimit;
  }
  if (failures.length > 0) throw failures[0];
}
