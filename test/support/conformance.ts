import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SUITE = fileURLToPath(
  new URL("../../node_modules/@modelcontextprotocol/conformance/dist/index.js", import.meta.url),
);

/** What the conformance suite said of the scenarios that it scores. */
export interface Conformance {
  readonly exitCode: number;
  readonly passed: readonly string[];
  readonly failed: readonly string[];
}

/** Runs the MCP conformance suite, without expected failures; scenarios that it runs but does not score are left out. */
export function conformance(...args: readonly string[]): Promise<Conformance> {
  const results = mkdtempSync(join(tmpdir(), "alicerce-conformance-"));
  return new Promise((resolve) => {
    const options = { maxBuffer: 1e8, cwd: results };
    const child = execFile(process.execPath, [SUITE, ...args, "-o", results], options, (_error, output) => {
      rmSync(results, { recursive: true });
      const [, summary = ""] = output.split(/=== (?:SUITE )?SUMMARY ===/);
      const [scored = "", unscored = ""] = summary.split("Not scored");
      const lines = [...scored.matchAll(/^([✓✗]) (\S+): /gm)].filter(
        ([, , name = ""]) => !unscored.includes(` ${name} (`),
      );
      const named = (mark: string) => lines.filter(([, it]) => it === mark).map(([, , name = ""]) => name);
      resolve({ exitCode: child.exitCode ?? -1, passed: named("✓"), failed: named("✗") });
    });
  });
}
