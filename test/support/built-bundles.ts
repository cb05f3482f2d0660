import { ensureBundles } from "../../tools/build/ensure-bundles.ts";

/** Builds what the stacks deploy as functions before any test runs: a program that runs without the offline planner needs it as well. */
export async function setup(): Promise<void> {
  await ensureBundles();
}
