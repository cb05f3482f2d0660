import { readdir } from "node:fs/promises";
import path from "node:path";
import { Command } from "commander";
import { execa } from "execa";
import { PROJECT } from "../../engine/folders.ts";
import { EXIT } from "../exit-code.ts";
import { say } from "../terminal.ts";

/** `alicerce bench`: every program `bench/*.bench.ts`, one after the other. */
export const bench = new Command("bench").description("Run the benchmarks (npm run bench).").action(async () => {
  const dir = path.join(PROJECT, "bench");
  const names = (await readdir(dir)).filter((it) => it.endsWith(".bench.ts")).sort();
  if (names.length === 0) say(`no benchmarks in ${dir}`);
  for (const name of names) {
    say(`\n${name}`);
    const { failed } = await execa(process.execPath, [path.join(dir, name)], {
      cwd: PROJECT,
      reject: false,
      stdio: "inherit",
    });
    if (failed) process.exitCode = EXIT.failed;
  }
});
