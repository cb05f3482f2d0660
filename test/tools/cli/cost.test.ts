import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ProjectCopy } from "../../support/project-copy.ts";

let copy: ProjectCopy;
beforeAll(() => {
  copy = new ProjectCopy();
});
afterAll(() => copy.remove());

const cost = (...args: readonly string[]) =>
  execa(process.execPath, ["tools/cli/main.ts", "cost", "development", ...args], { cwd: copy.folder, reject: false });

interface Said {
  readonly environment: string;
  readonly usd: number;
  readonly budgetUsd: number;
}

test("an estimate above the budget ends with 3, and one within it with 0", async () => {
  const within = await cost("--json");
  const said = JSON.parse(within.stdout) as Said;
  expect([within.exitCode, said.environment, said.budgetUsd]).toEqual([0, "development", 2_500]);
  copy.edit({ file: "environments/costs/budgets.ts", find: "development: 2_500", replace: "development: 100" });
  const above = await cost();
  expect(above.exitCode).toBe(3);
  expect(above.stdout).toMatch(/above the budget of 100/);
});
