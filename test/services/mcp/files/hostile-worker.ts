import { parentPort, workerData } from "node:worker_threads";

const kept: unknown[] = [];

/** What a thread may do instead of its work. */
const WAYS: Readonly<Record<string, () => void>> = {
  throws: () => {
    throw new RangeError("secret text of the file");
  },
  exits: () => process.exit(3),
  ends: () => undefined,
  loops: () => {
    for (;;) kept.length = 0;
  },
  hoards: () => {
    for (;;) kept.push({ more: [kept.length] });
  },
  fills: () => {
    setInterval(() => kept.push(Buffer.alloc(8 * 1024 * 1024, 1)), 1);
  },
  looks: () => parentPort?.postMessage({ environment: Object.keys(process.env), heap: kept }),
};

WAYS[workerData as string]?.();
