import { expect, test } from "vitest";
import type { StackResult } from "../../../../tools/cli/rollout/stack-result.ts";
import { deploy } from "../../../../tools/cli/rollout/deployment.ts";
import { exitCodeFor } from "../../../../tools/cli/text/deployment-text.ts";
import { type Engine, prepareEngine } from "../../../../tools/engine/engine.ts";
import { temporaryProject } from "../../engine/temporary-project.ts";

const STACKS = ["production", "production.eu-west-1", "production.us-east-1", "production.eu-west-1.xyz-gmbh"];
const BREAKS = `\nif (pulumi.getStack() === "production.eu-west-1" && process.env["FIXED"] === undefined) throw new Error("no");`;

test("a failed stack holds up what reads from it; a second run goes on, and destroying goes the other way", async () => {
  await using project = await temporaryProject(BREAKS);
  const engine = await prepareEngine({ folders: project.folders });
  const first = await run(engine, "up", STACKS);
  expect(first.map((it) => it.outcome)).toEqual(["succeeded", "failed", "succeeded", "left out"]);
  expect(first[3]?.diagnostics[0]?.message).toBe("not begun, because production.eu-west-1 did not succeed");
  expect(exitCodeFor(first, false)).toBe(1);

  const fixed = { ...engine, environment: { ...engine.environment, FIXED: "yes" } };
  const second = await run(fixed, "up", STACKS);
  expect(second.map((it) => it.changes)).toEqual([{ same: 3 }, expect.anything(), { same: 3 }, { create: 3 }]);

  const last = await run(fixed, "destroy", STACKS);
  expect(exitCodeFor(last, false)).toBe(0);
});

test("a stack whose parent is not deployed is not begun", async () => {
  await using project = await temporaryProject();
  const engine = await prepareEngine({ folders: project.folders });
  const [only] = await run(engine, "up", ["production.eu-west-1"]);
  expect(only?.diagnostics).toEqual([
    { severity: "error", message: "production, whose outputs it reads, is not deployed yet" },
  ]);
});

function run(
  engine: Engine,
  operation: "up" | "destroy",
  addresses: readonly string[],
): Promise<readonly StackResult[]> {
  return deploy(engine, { operation, addresses, parallel: 2, signal: new AbortController().signal });
}
