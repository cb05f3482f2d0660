import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { execa } from "execa";
import { afterEach, beforeEach, expect, test } from "vitest";
import { recordsWatcher } from "../../../sandbox/data-plane/tenant-records.ts";

const MODULE = pathToFileURL(path.resolve(import.meta.dirname, "../../../sandbox/data-plane/tenant-records.ts")).href;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "alicerce-records-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Where no file may exceed 8 KB, the end of a line that does not fit is refused after its beginning was written. */
const FILLING = `
import { recordsWatcher, TenantRecords } from ${JSON.stringify(MODULE)};
const problems = [];
const records = new TenantRecords(process.argv[1], "acme-corp", recordsWatcher((it) => problems.push(it)));
const line = JSON.stringify({ event_type: "mcp_request", filling: "x".repeat(900) });
const failures = [];
for (let i = 0; i < 12; i++)
  try {
    records.write("audit", line);
  } catch ({ code, message }) {
    failures.push([code, message]);
  }
records.log("audit", line);
console.log(JSON.stringify({ failures, problems }));
`;

test("a line that does not fit on the disk is refused as a whole, and leaves those before it as they were", async () => {
  const shell = `trap '' XFSZ; ulimit -f 16; exec "$@"`;
  const { stdout } = await execa("sh", [
    "-c",
    shell,
    "sh",
    process.execPath,
    "--input-type=module",
    "-e",
    FILLING,
    folder,
  ]);
  const { failures, problems } = JSON.parse(stdout) as { failures: unknown[]; problems: string[] };
  expect(failures).toEqual(Array(4).fill(["ERR_RECORD", "a record could not be written"]));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(path.join(folder, "acme-corp/logs"));
  const text = readFileSync(path.join(folder, "acme-corp/logs/audit.jsonl"), "utf8");
  const lines = text.split("\n");
  expect(lines.pop()).toBe("");
  expect(lines.map((it) => (JSON.parse(it) as { event_type: string }).event_type)).toEqual(
    Array(8).fill("mcp_request"),
  );
});

test("whoever runs the platform is told once that the disk is full, and once that it is not any more", () => {
  const told: string[] = [];
  const watcher = recordsWatcher((it) => void told.push(it));
  const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  watcher.succeeded();
  watcher.failed("records", full);
  watcher.failed("records", full);
  watcher.succeeded();
  watcher.succeeded();
  expect(told).toEqual([
    "records cannot be written: the disk is full. Every call is refused until there is space.",
    "records can be written again.",
  ]);
});
