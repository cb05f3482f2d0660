import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const SUITE = fileURLToPath(
  new URL("../../../../node_modules/@modelcontextprotocol/conformance/dist/index.js", import.meta.url),
);
const EVERYTHING = fileURLToPath(new URL("../everything/main.ts", import.meta.url));

const children: ChildProcess[] = [];
const results = mkdtempSync(join(tmpdir(), "alicerce-conformance-"));

const everything = async (...flags: string[]): Promise<string> => {
  const child = spawn(process.execPath, [EVERYTHING, ...flags], { stdio: ["ignore", "pipe", "ignore"] });
  children.push(child);
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  return line;
};

interface Outcome {
  readonly exitCode: number;
  readonly passed: readonly string[];
  readonly failed: readonly string[];
}

/** Runs what a revision requires of a server; scenarios that the suite runs but does not score are left out. */
const conformance = (url: string, requirements: string, ...flags: string[]) =>
  new Promise<Outcome>((resolve) => {
    const args = [SUITE, "server", "--url", url, "--requirements", requirements, "-o", results, ...flags];
    const child = execFile(process.execPath, args, { maxBuffer: 1e8 }, (_error, output) => {
      const [, summary = ""] = output.split("=== SUMMARY ===");
      const [scored = "", unscored = ""] = summary.split("Not scored");
      const lines = [...scored.matchAll(/^([✓✗]) (\S+): /gm)].filter(
        ([, , name = ""]) => !unscored.includes(` ${name} (`),
      );
      const named = (mark: string) => lines.filter(([, it]) => it === mark).map(([, , name = ""]) => name);
      resolve({ exitCode: child.exitCode ?? -1, passed: named("✓"), failed: named("✗") });
    });
  });

let url: string;
beforeAll(async () => {
  url = await everything();
});
afterAll(() => {
  for (const child of children) child.kill();
  rmSync(results, { recursive: true });
});

describe("the host against the conformance suite, with no expected failures", () => {
  test.each([
    ["2026-07-28", 37],
    ["2025-11-25", 30],
  ])("%s: all %d scenarios pass", { timeout: 240_000 }, async (revision, scenarios) => {
    const { exitCode, passed, failed } = await conformance(url, revision);
    expect(failed).toEqual([]);
    expect(passed).toHaveLength(scenarios);
    expect(exitCode).toBe(0);
  });

  test(
    "without sessions, as it is deployed, 2025-11-25 lacks only what needs a session",
    { timeout: 240_000 },
    async () => {
      const { passed, failed } = await conformance(await everything("--stateless"), "2025-11-25", "--timeout", "3000");
      expect(failed).toEqual([
        "tools-call-with-logging",
        "tools-call-sampling",
        "tools-call-elicitation",
        "elicitation-sep1034-defaults",
        "elicitation-sep1330-enums",
        "resources-subscribe",
        "resources-unsubscribe",
      ]);
      expect(passed).toHaveLength(23);
    },
  );
});
