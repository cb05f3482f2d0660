import { describe, expect, it } from "vitest";
import {
  eventOf,
  LEAST_LEVELS,
  leastLevel,
  LOG_LEVELS,
  logLineSchema,
} from "../../../../contracts/records/log-line.ts";
import { type Logger, serviceLog } from "../../../../services/libraries/service-kit/log.ts";

type Level = "trace" | "debug" | "info" | "warn" | "error" | "fatal";

function written(write: (log: Logger) => void): unknown[] {
  const lines: string[] = [];
  const log = serviceLog("sample", { write: (line) => void lines.push(line) });
  log.level = "trace";
  write(log);
  return lines.map((line) => JSON.parse(line) as unknown);
}

describe("each line of a log", () => {
  it("is what the specification says (6.2), with the fields of the event among its details and without secrets", () => {
    const read = written((log) => {
      for (const level of LOG_LEVELS) {
        log[level.toLowerCase() as Level]({ count: 1, password: "hush", deep: { token: "hush" } }, "work is done");
      }
    }).map((line) => logLineSchema.parse(line));
    expect(read.map(({ level }) => level)).toEqual(LOG_LEVELS);
    for (const { timestamp, details, ...line } of read) {
      expect(line).toMatchObject({ component: "sample", event: "work_is_done" });
      expect(details).toEqual({ count: 1, password: "[removed]", deep: { token: "[removed]" } });
      expect(Object.keys(line).sort()).toEqual(["component", "event", "level"]);
      expect(Math.abs(Date.parse(timestamp) - Date.now())).toBeLessThan(3_600_000);
    }
  });

  it("is a line without fields, too, and takes a field of an event for none of its own", () => {
    const [bare, clash] = written((log) => {
      log.info("listening");
      log.info({ level: 1, event: "other", timestamp: 0 }, "listening");
    }).map((line) => logLineSchema.parse(line));
    expect(bare).toMatchObject({ level: "INFO", event: "listening" });
    expect(clash).toMatchObject({ level: "INFO", event: "listening", details: { level: 1, event: "other" } });
  });

  it.each([
    { level: "INFO", component: "a", event: "b" },
    { timestamp: "2025-01-02T10:30:00Z", level: "info", component: "a", event: "b" },
    { timestamp: "2025-01-02T10:30:00Z", level: "INFO", component: "", event: "b" },
    { timestamp: "2025-01-02T10:30:00Z", level: "INFO", component: "a", event: "call failed" },
    { timestamp: "2025-01-02T10:30:00Z", level: "INFO", component: "a", event: "b", details: { status: 200 } },
    { timestamp: "2025-01-02T10:30:00Z", level: "INFO", component: "a", event: "b", details: { duration_ms: -1 } },
  ])("is refused by the schema as %j", (line) => {
    expect(logLineSchema.safeParse(line).success).toBe(false);
  });

  it("of the specification is one", () => {
    const details = {
      client_id: "ai-agent-001",
      mcp_server: "database-mcp",
      method: "tools/list",
      duration_ms: 45,
      status: "success",
    };
    const line = { timestamp: "2025-01-02T10:30:00Z", level: "INFO", component: "agentcore-gateway" };
    expect(logLineSchema.parse({ ...line, event: "mcp_request", details })).toEqual({
      ...line,
      event: "mcp_request",
      details,
    });
  });

  it.each([
    ["INFO", ["INFO", "WARN", "ERROR", "FATAL"]],
    ["WARN", ["WARN", "ERROR", "FATAL"]],
    ["ERROR", ["ERROR", "FATAL"]],
  ] as const)("is at least as severe as %s where that is chosen", (level, expected) => {
    const lines: string[] = [];
    const log = serviceLog("sample", { level, write: (line) => void lines.push(line) });
    for (const it of LOG_LEVELS) log[it.toLowerCase() as Level]("work is done");
    expect(lines.map((it) => logLineSchema.parse(JSON.parse(it)).level)).toEqual(expected);
  });

  it("is never as fine as what libraries say of what they send, whatever an environment asks for", () => {
    const chosen = LOG_LEVELS.filter((it) => leastLevel.safeParse(it).success);
    expect(chosen).toEqual(LEAST_LEVELS);
    expect(leastLevel.parse(undefined)).toBe("INFO");
    for (const it of ["TRACE", "DEBUG", "debug", "", "SILENT"]) expect(leastLevel.safeParse(it).success).toBe(false);
  });

  it("has an event whatever the text is", () => {
    expect(["call failed", "Issuer's answer: none", "", "!"].map(eventOf)).toEqual([
      "call_failed",
      "issuer_s_answer_none",
      "unnamed",
      "unnamed",
    ]);
  });
});
