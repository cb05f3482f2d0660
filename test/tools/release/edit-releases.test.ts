import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { McpService } from "../../../releases/releases.ts";
import { editService, readServices } from "../../../tools/release/edit-releases.ts";
import { promoted, withCandidate, withoutCandidate, withoutPromotion } from "../../../tools/release/release-steps.ts";
import { withService } from "../../../tools/release/releases-file.ts";

const digest = `sha256:${"d".repeat(64)}` as const;
const candidate = { version: "3.1.0", digest, weight: 10 } as const;
const onTrial = (it: McpService) => withCandidate("database", it, candidate);
const promotion = { today: "2026-11-23", dangerouslyDropMajor: false } as const;
const EMPTY =
  "/** The MCP servers. */\nexport const MCP_SERVERS = {};\n\n/** Something else. */\nexport const OTHER = 1;\n";

let folder: string;
let file: string;
let original: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "alicerce-releases-"));
  file = path.join(folder, "releases.ts");
  const service: McpService = { scenarios: ["internal"], releases: [{ version: "3.0.0", digest }] };
  original = await withService(await withService(EMPTY, "database", service), "files", service);
  await writeFile(file, original);
});
afterEach(() => rm(folder, { recursive: true }));

test("a trial, a promotion and the way back end where they began, and touch no other service", async () => {
  const before = await readServices(file);
  const edit = (step: (it: McpService) => ReturnType<typeof onTrial>) =>
    editService("database", step, { dryRun: false, file });

  expect((await edit(onTrial)).changed).toBe(true);
  expect(await readServices(file)).toEqual({ ...before, database: { ...before["database"], candidate } });
  expect((await edit(onTrial)).changed).toBe(false);
  await edit((it) => promoted("database", it, promotion));
  const after = await readServices(file);
  expect(after["database"]?.releases).toEqual([{ version: "3.1.0", digest }]);
  expect(after["files"]).toEqual(before["files"]);
  await edit((it) => withoutPromotion("database", it));
  await expect(edit((it) => withoutCandidate("database", it))).rejects.toThrow("nothing to roll back");
  expect(await readFile(file, "utf8")).toBe(original);
  expect(await readdir(folder)).toEqual(["releases.ts"]);
});

test("a dry run says what would change and changes nothing", async () => {
  const { changed, notes } = await editService("database", onTrial, { dryRun: true, file });
  expect([changed, notes]).toEqual([true, ["3.1.0 gets 10 % of the callers, 3.0.0 the other 90 %"]]);
  expect(await readFile(file, "utf8")).toBe(original);
});

test.each(["datenbank", "__proto__", "toString"])(
  "service %s is unknown, and the known ones are named",
  async (name) => {
    await expect(editService(name, onTrial, { dryRun: false, file })).rejects.toThrow(
      `unknown service "${name}"; valid: database, files`,
    );
  },
);
