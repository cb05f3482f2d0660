import { readdir } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Argument, Command } from "commander";
import { execa } from "execa";
import writeFileAtomic from "write-file-atomic";
import { PROJECT } from "../../engine/folders.ts";
import { EXIT } from "../exit-code.ts";
import { note, say } from "../text/terminal.ts";

/** What one program of `bench/` measured. */
interface Measured {
  readonly file: string;
  readonly lines: readonly string[];
}

const PAGE = "docs/performance.md";

/** Programs that take minutes, and are asked for by name. */
const SOAKS = { soak: "bench/local-soak.ts", channels: "bench/channels-soak.ts" } as const;

/** `alicerce bench`: every program `bench/*.bench.ts`, one after the other, or one of those that take minutes. */
export const bench = new Command("bench")
  .description(
    "Run the benchmarks (npm run bench), or load a platform of this machine for five minutes: attacked by a tenant (soak), or on all channels while its database is killed (channels).",
  )
  .addArgument(new Argument("[program]", "only this one").choices(Object.keys(SOAKS)))
  .option("--write", `write what was measured into ${PAGE}`, false)
  .action(async (program: keyof typeof SOAKS | undefined, { write }: { readonly write: boolean }) => {
    if (program !== undefined) {
      await run(path.join(PROJECT, SOAKS[program]));
      return;
    }
    const folder = path.join(PROJECT, "bench");
    const measured: Measured[] = [];
    for (const file of (await readdir(folder)).filter((it) => it.endsWith(".bench.ts")).sort()) {
      say(`\n${file}`);
      measured.push({ file, lines: await run(path.join(folder, file)) });
    }
    if (!write) return;
    await writeFileAtomic(path.join(PROJECT, PAGE), await pageOf(measured));
    note(`Written: ${PAGE}`);
  });

/** Runs one program for all to see, and answers with what it said. */
async function run(file: string): Promise<readonly string[]> {
  const { failed, stdout } = await execa(process.execPath, [file], {
    cwd: PROJECT,
    reject: false,
    stdin: "ignore",
    stdout: ["inherit", "pipe"],
    stderr: "inherit",
  });
  if (failed) process.exitCode = EXIT.failed;
  return stdout.split("\n");
}

const TARGET = /^(met|MISSED)\s+(.+?)\s+([\d.]+) (\S+) \(≤ ([\d.]+)\)$/;

async function pageOf(measured: readonly Measured[]): Promise<string> {
  const { format } = await import("prettier");
  const [cpu] = os.cpus();
  const machine = `${os.cpus().length} × ${cpu?.model.trim() ?? "?"}, ${Math.round(os.totalmem() / 1e9)} GB`;
  const rows = measured.flatMap(({ file, lines }) =>
    lines.flatMap((line) => {
      const [, verdict, what, value, unit, limit] = TARGET.exec(line) ?? [];
      return verdict === undefined
        ? []
        : [
            `| \`bench/${file}\` | ${what} | ${value} ${unit} | ≤ ${limit} | ${verdict === "met" ? "met" : "**missed**"} |`,
          ];
    }),
  );
  const text = `# Performance

Written by \`npm run bench -- --write\` on ${new Date().toISOString().slice(0, 10)}: ${machine}, Node.js ${process.versions.node}.
Ratios are of both sides in one run, round by round; numbers of another machine are other numbers.

| measured by | what | value | target | |
| --- | --- | ---: | ---: | --- |
${rows.join("\n")}
`;
  return format(text, { parser: "markdown", printWidth: 120 });
}
