import { RECORD_UNKNOWN } from "../../../../contracts/server-contract.ts";
import { ApiProblem } from "../api-problem.ts";

/** What a caller is told of a record that is another's, that says no owner, and that is not there: the same of all three. */
export function unknownRecord(reason: string): ApiProblem {
  return new ApiProblem(RECORD_UNKNOWN, "there is no such record", { reason });
}

/** Whether a value is one of the ids, to the letter; a backend may write an id of digits as a number. */
export function isOwn(value: unknown, ids: readonly string[]): boolean {
  if (typeof value === "string") return ids.includes(value);
  return Number.isSafeInteger(value) && ids.includes(String(value));
}
