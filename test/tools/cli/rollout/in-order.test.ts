import { expect, test } from "vitest";
import { inOrder } from "../../../../tools/cli/rollout/in-order.ts";

const PARENTS: Readonly<Record<string, readonly string[]>> = { a: [], b: ["a"], c: ["a"], d: ["b"] };
const ALL = Object.keys(PARENTS);

interface Trace {
  readonly log: string[];
  most: number;
}

function arrange(trace: Trace, failing: readonly string[] = [], controller = new AbortController()) {
  let now = 0;
  return {
    after: (it: string): readonly string[] => PARENTS[it] ?? [],
    parallel: 2,
    signal: controller.signal,
    endedWell: (it: string): boolean => it === "done",
    leaveOut: (_: string, because: string | undefined): string => `left out because of ${because ?? "the end"}`,
    work: async (it: string): Promise<string> => {
      now += 1;
      trace.most = Math.max(trace.most, now);
      trace.log.push(`+${it}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      trace.log.push(`-${it}`);
      now -= 1;
      if (it === "b" && failing.includes("stop")) controller.abort();
      return failing.includes(it) ? "failed" : "done";
    },
  };
}

test("each begins after those it depends on, independent ones side by side", async () => {
  const trace: Trace = { log: [], most: 0 };
  expect(await inOrder(ALL, arrange(trace))).toEqual(["done", "done", "done", "done"]);
  expect(trace.log.slice(0, 4)).toEqual(["+a", "-a", "+b", "+c"]);
  expect(trace.log.indexOf("+d")).toBeGreaterThan(trace.log.indexOf("-b"));
  expect(trace.most).toBe(2);
});

test("a failure leaves out what depends on it, and nothing else", async () => {
  const trace: Trace = { log: [], most: 0 };
  expect(await inOrder(ALL, arrange(trace, ["b"]))).toEqual(["done", "failed", "done", "left out because of b"]);
});

test("nothing new begins once all is to stop", async () => {
  const trace: Trace = { log: [], most: 0 };
  const results = await inOrder(ALL, arrange(trace, ["stop"]));
  expect(results.at(-1)).toBe("left out because of the end");
});

test("what is not asked for is not waited for", async () => {
  const trace: Trace = { log: [], most: 0 };
  expect(await inOrder(["d"], arrange(trace))).toEqual(["done"]);
});
