import { open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { IDENTIFIER } from "../../../../contracts/identifiers.ts";
import { logLineSchema } from "../../../../contracts/records/log-line.ts";
import { DeploymentStatus, type Deployments } from "./deployments.ts";
import { LARGEST_DOCUMENT_BYTES, type Documents } from "./documents.ts";
import type { FoundLines, LogLine, LogQuery, LogSource } from "./log-source.ts";
import { milliseconds, segmentsIn, spansOf, outcomeOf, isOf, type Segment } from "./segment.ts";
import type { DevelopmentServices } from "../services.ts";
import type { TraceQuery, TraceSource, TraceSummary } from "./trace-source.ts";

/** How much of the end of a file is looked at. */
const TAIL_BYTES = 8 * 1024 * 1024;
const LOG_FILE = /^([a-z][a-z0-9-]{0,47})\.jsonl$/;

/**
 * What the tools read on a laptop, below `<root>/<tenant>/`: `logs/<source>.jsonl` with log and audit lines,
 * `traces.jsonl` with segment documents of X-Ray, `deployments.json`, `contracts.json` and `premise-report.json`.
 */
export function folderServices(root: string): DevelopmentServices {
  return {
    logs: folderLogs(root),
    traces: folderTraces(root),
    deployments: folderDeployments(root),
    documents: folderDocuments(root),
  };
}

function folderLogs(root: string): LogSource {
  return {
    sources: async (tenantId) => {
      const names = await readdir(join(folderOf(root, tenantId), "logs")).catch(() => []);
      return names.flatMap((it) => LOG_FILE.exec(it)?.[1] ?? []).sort();
    },
    search: async (query) =>
      linesOf(query, await tailOf(join(folderOf(root, query.tenantId), "logs", `${query.source}.jsonl`))),
  };
}

function linesOf({ source, texts, from, to, limit }: LogQuery, tail: Tail): FoundLines {
  const lines: LogLine[] = [];
  for (const message of tail.lines.toReversed()) {
    const at = timeOf(message);
    if (at === undefined || at < from || at > to || !texts.every((it) => message.includes(it))) continue;
    if (lines.length === limit) return { lines, isComplete: false };
    lines.push({ at, source, message });
  }
  return { lines, isComplete: tail.isWhole };
}

function timeOf(line: string): Date | undefined {
  try {
    return new Date(logLineSchema.pick({ timestamp: true }).parse(JSON.parse(line)).timestamp);
  } catch {
    return undefined; // a line that was cut off, or of another program
  }
}

function folderTraces(root: string): TraceSource {
  const tracesOf = async (tenantId: string): Promise<Traces> => {
    const { lines, isWhole } = await tailOf(join(folderOf(root, tenantId), "traces.jsonl"));
    const documents = Map.groupBy(lines, (it) => segmentsIn([it])[0]?.trace_id ?? "");
    return { documents: new Map([...documents].filter(([, of]) => isOf(tenantId, of))), isWhole };
  };
  return {
    list: async (query) => {
      const { documents, isWhole } = await tracesOf(query.tenantId);
      const found = [...documents].map(([id, of]) => summaryOf(id, segmentsIn(of))).filter((it) => fits(query, it));
      const traces = found.sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime());
      return { traces: traces.slice(0, query.limit), isComplete: isWhole && traces.length <= query.limit };
    },
    read: async (tenantId, traceId) => {
      const documents = (await tracesOf(tenantId)).documents.get(traceId);
      return documents && spansOf(documents);
    },
  };
}

interface Traces {
  readonly documents: ReadonlyMap<string, readonly string[]>;
  readonly isWhole: boolean;
}

function summaryOf(id: string, segments: readonly Segment[]): TraceSummary {
  const start = Math.min(...segments.map((it) => it.start_time));
  const end = Math.max(...segments.map((it) => it.end_time ?? it.start_time));
  return {
    id,
    startedAt: new Date(start * 1_000),
    durationMs: milliseconds(end - start),
    outcome: outcomeOf({
      fault: segments.some((it) => it.fault),
      error: segments.some((it) => it.error),
      throttle: segments.some((it) => it.throttle),
    }),
    services: [...new Set(segments.filter((it) => it.trace_id !== undefined).map((it) => it.name))].sort(),
  };
}

function fits({ from, to, outcome, minDurationMs }: TraceQuery, it: TraceSummary): boolean {
  const isWanted = outcome === "any" || it.outcome === "error" || it.outcome === "fault";
  return isWanted && it.startedAt >= from && it.startedAt <= to && it.durationMs >= minDurationMs;
}

function folderDeployments(root: string): Deployments {
  return {
    status: async (tenantId) => {
      const text = await textOf(join(folderOf(root, tenantId), "deployments.json"));
      return text === undefined ? { gateways: [], servers: [] } : DeploymentStatus.parse(JSON.parse(text));
    },
  };
}

function folderDocuments(root: string): Documents {
  return { read: (tenantId, name) => textOf(join(folderOf(root, tenantId), `${name}.json`)) };
}

function folderOf(root: string, tenantId: string): string {
  if (!IDENTIFIER.tenantId.test(tenantId)) throw new TypeError(`"${tenantId}" is no tenant id`);
  return join(root, tenantId);
}

interface Tail {
  readonly lines: readonly string[];
  /** Whether the file has no lines before these. */
  readonly isWhole: boolean;
}

async function tailOf(path: string): Promise<Tail> {
  const file = await open(path).catch(ifThere);
  if (file === undefined) return { lines: [], isWhole: true };
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - start), position: start });
    const lines = buffer.toString("utf8", 0, bytesRead).split("\n");
    return { lines: lines.slice(start === 0 ? 0 : 1).filter((it) => it !== ""), isWhole: start === 0 };
  } finally {
    await file.close();
  }
}

async function textOf(path: string): Promise<string | undefined> {
  const text = await readFile(path, "utf8").catch(ifThere);
  if (text === undefined || text.length <= LARGEST_DOCUMENT_BYTES) return text;
  throw new TypeError(`${path} is larger than ${LARGEST_DOCUMENT_BYTES}`);
}

function ifThere(error: unknown): undefined {
  if ((error as { readonly code?: unknown }).code !== "ENOENT") throw error;
}
