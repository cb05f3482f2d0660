import { parentPort, workerData } from "node:worker_threads";
import { Problem } from "../../../libraries/service-kit/problem.ts";
import type { TableAnswer, TableTask } from "./table-conversion.ts";
import { parseTable, writeTable } from "./table-format.ts";

const answer = converted(workerData as TableTask);
parentPort?.postMessage(answer, "body" in answer ? [answer.body.buffer] : []);

function converted({ source, result, text }: TableTask): TableAnswer {
  try {
    const table = parseTable(source, text);
    return { body: new Uint8Array(writeTable(result, table)), rows: table.length };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { problem: [error.code, error.message, error.clientMessage] };
  }
}
