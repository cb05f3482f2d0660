import { describe, expect, test } from "vitest";
import { inWorker } from "../../../../../services/mcp/files/formats/worker-task.ts";
import { Problem } from "../../../../../services/libraries/service-kit/problem.ts";
import { signal } from "../files-fixture.ts";

const FILE = new URL("../hostile-worker.ts", import.meta.url);
const LIMITS = { milliseconds: 30_000, heapMb: 32, bufferBytes: 64 * 1024 * 1024 };
const tooMuch = (reason: string) => new Problem("ERR_TOO_MUCH", reason, reason);
const run = (way: string, limits = {}, ended = signal) =>
  inWorker(FILE, { data: way, limits: { ...LIMITS, ...limits }, tooMuch }, ended);

describe("a thread", () => {
  test.each([
    ["throws", "ERR_CONVERSION_FAILED", "the thread ended with RangeError"],
    ["exits", "ERR_CONVERSION_FAILED", "the thread ended with exit code 3"],
    ["ends", "ERR_CONVERSION_FAILED", "the thread ended with exit code 0"],
    ["hoards", "ERR_TOO_MUCH", "it takes too much memory"],
    ["fills", "ERR_TOO_MUCH", "it takes too much memory"],
  ])("that %s is an error of its call alone", async (way, code, message) => {
    await expect(run(way)).rejects.toMatchObject({ code, message });
    expect(await run("looks")).toMatchObject({ heap: [] });
  });

  test("that does not come to an end is ended by its time, or when the caller leaves", async () => {
    await expect(run("loops", { milliseconds: 500 })).rejects.toMatchObject({
      code: "ERR_TOO_MUCH",
      message: "it takes more than 500 ms",
    });
    await expect(run("loops", {}, AbortSignal.timeout(500))).rejects.toMatchObject({ name: "TimeoutError" });
    await expect(run("loops", {}, AbortSignal.abort(new Error("left")))).rejects.toThrow("left");
  });

  test("that hoards memory gives it back", async () => {
    await expect(run("hoards")).rejects.toMatchObject({ code: "ERR_TOO_MUCH" });
    const before = process.memoryUsage.rss();
    for (let round = 0; round < 5; round++) await expect(run("fills")).rejects.toMatchObject({ code: "ERR_TOO_MUCH" });
    expect(process.memoryUsage.rss() - before).toBeLessThan(64 * 1024 * 1024);
  });

  test("knows nothing of the environment", async () => {
    expect(await run("looks")).toEqual({ environment: [], heap: [] });
  });
});
