import config from "@pulumi/pulumi/runtime/config.js";
import { sdkRuntime } from "../sandbox/sdk-runtime.ts";

/** A Pulumi program: what it returns are the stack's outputs. */
export type Program = () => unknown;

/** Runs a program in this process against the monitor at `address`, in a runtime of its own; rejects with its first failure. */
export async function runProgram(
  program: Program,
  { project, stack, address }: { readonly project: string; readonly stack: string; readonly address: string },
): Promise<void> {
  const failures: unknown[] = [];
  const note = (error: unknown): void => {
    failures.push(error);
  };
  process.on("unhandledRejection", note);
  try {
    await sdkRuntime.withLocalStorage(async () => {
      sdkRuntime.resetOptions(project, stack, -1, address, address, true, "organization");
      config.setAllConfig({}, []);
      await sdkRuntime.awaitFeatureSupport();
      await sdkRuntime.runInPulumiStack(program);
      await sdkRuntime.waitForRPCs();
      sdkRuntime.disconnectSync();
    });
    // A registration that failed rejects promises nobody waits for; they are delivered in a later turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.off("unhandledRejection", note);
  }
  if (failures.length > 0) throw failures[0];
}
