import { execa } from "execa";
import { expect, test } from "vitest";
import { PROJECT } from "../../../tools/engine/folders.ts";

/** Prints, at the end of a process, which packages of Pulumi it has loaded; they are CommonJS. */
const WITNESS = `
import { createRequire } from "node:module";
process.on("exit", () => {
  const files = Object.keys(createRequire(process.cwd() + "/").cache);
  const packages = files.flatMap((it) => /node_modules\\/(@pulumi\\/[^/]+)\\//.exec(it)?.[1] ?? []);
  process.stderr.write([...new Set(packages)].sort().join(" "));
});`;

/** The packages of Pulumi that are loaded when Node.js runs this. */
async function loadedBy(...args: readonly string[]): Promise<string> {
  const witness = `data:text/javascript,${encodeURIComponent(WITNESS)}`;
  return (await execa(process.execPath, ["--import", witness, ...args], { cwd: PROJECT })).stderr;
}

test("a command that plans nothing loads no SDK, which would take more than half of its start", async () => {
  expect(await loadedBy("tools/cli/main.ts", "--version")).toBe("");
  expect(await loadedBy("--eval", 'import("./tools/offline-planner/plan.ts")')).toContain("@pulumi/pulumi");
});

test("a laptop's platform loads no SDK, which would take more memory than all of its servers", async () => {
  const modules = ["./tools/cli/local-platform.ts", "./sandbox/data-plane/platform.ts"];
  const program = modules.map((it) => `await import(${JSON.stringify(it)});`).join("");
  expect(await loadedBy("--input-type=module", "--eval", `${program}process.exit()`)).toBe("");
});
