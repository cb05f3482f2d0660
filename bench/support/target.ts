import { readFileSync } from "node:fs";

/** One measurement against its target; a missed target makes the benchmark's exit code 1. */
export function target(what: string, measured: number, limit: number, unit: string): void {
  const isMet = measured <= limit;
  const value = measured.toFixed(measured < 10 ? 2 : 0);
  process.stdout.write(`${isMet ? "met   " : "MISSED"} ${what.padEnd(58)} ${value.padStart(7)} ${unit} (≤ ${limit})\n`);
  if (!isMet) process.exitCode = 1;
}

/** Milliseconds that `work` takes, wall clock. */
export async function milliseconds(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** The median of `runs` measurements. */
export async function median(runs: number, measure: () => number | Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let i = 0; i < runs; i++) values.push(await measure());
  return values.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
}

/** The resident memory of a process in MB, where the system tells it (Linux). */
export function residentMegabytes(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}

/** The processor time that a process has used so far, in milliseconds (Linux: clock ticks are hundredths of a second). */
export function cpuMilliseconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
