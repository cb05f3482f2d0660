import { expect, test } from "vitest";
import { LOG_LEVELS, logLineSchema } from "../../../../contracts/records/log-line.ts";
import { serviceLog } from "../../../../services/libraries/service-kit/log.ts";

test("each line of a log is what the contract says, with the fields of the event and without secrets", () => {
  const lines: string[] = [];
  const log = serviceLog("sample", { write: (line) => void lines.push(line) });
  log.level = "trace";
  for (const level of LOG_LEVELS) log[level]({ count: 1, password: "hush" }, "done");
  const read = lines.map((it) => logLineSchema.parse(JSON.parse(it)));
  expect(read.map((it) => it.level)).toEqual(LOG_LEVELS);
  for (const it of read) {
    expect(it).toMatchObject({ service: "sample", msg: "done", count: 1, password: "[removed]" });
    expect(Math.abs(Date.parse(it.time) - Date.now())).toBeLessThan(60_000);
  }
});
