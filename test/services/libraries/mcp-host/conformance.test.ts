import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { conformance } from "../../../support/conformance.ts";

const EVERYTHING = fileURLToPath(new URL("../../mcp/everything/main.ts", import.meta.url));

const children: ChildProcess[] = [];

const everything = async (...flags: string[]): Promise<string> => {
  const child = spawn(process.execPath, [EVERYTHING, ...flags], { stdio: ["ignore", "pipe", "ignore"] });
  children.push(child);
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  return line;
};

const ofServer = (at: string, requirements: string, ...flags: string[]) =>
  conformance("server", "--url", at, "--requirements", requirements, ...flags);

let url: string;
beforeAll(async () => {
  url = await everything();
});
afterAll(() => {
  for (const child of children) child.kill();
});

describe("the host against the conformance suite, with no expected failures", () => {
  test.each([
    ["2026-07-28", 37],
    ["2025-11-25", 30],
  ])("%s: all %d scenarios pass", async (revision, scenarios) => {
    const { exitCode, passed, failed } = await ofServer(url, revision);
    expect(failed).toEqual([]);
    expect(passed).toHaveLength(scenarios);
    expect(exitCode).toBe(0);
  });

  test("without sessions, as it is deployed, 2025-11-25 lacks only what needs a session", async () => {
    const { passed, failed } = await ofServer(await everything("--stateless"), "2025-11-25", "--timeout", "3000");
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
  });
});
