import type { Answer, Arguments, OfferedOperation } from "../api.ts";
import { ApiProblem } from "../api-problem.ts";
import { ownAnswer } from "./own-answer.ts";
import { ownArguments } from "./own-arguments.ts";
import { unknownRecord } from "./own-id.ts";

/** How a backend is asked for a caller who may see its own records alone. */
export interface OwnedCall {
  /** Whose records are the caller's. */
  readonly ids: readonly string[];
  /** The operations of the API. */
  readonly operations: readonly OfferedOperation[];
  ask(operation: OfferedOperation, args: Arguments): Promise<Answer>;
}

/** What tells that a record is there, though it cannot be had. */
const TELLING: ReadonlySet<string> = new Set([
  ...["ERR_ANSWER_INVALID", "ERR_ANSWER_TOO_LARGE", "ERR_ANSWER_UNREADABLE", "ERR_BACKEND_REFUSED"],
]);

/**
 * Does an operation for a caller who may see its own records alone. Throws an `ApiProblem`: `ERR_OWNER_UNDECLARED` where nothing says whose
 * they are, and `ERR_RECORD_UNKNOWN` for what is another's and, in the same words, for what is not there.
 */
export async function ownedAnswer(call: OwnedCall, operation: OfferedOperation, args: Arguments): Promise<Answer> {
  const { owner } = operation;
  if (owner === undefined)
    throw new ApiProblem(
      "ERR_OWNER_UNDECLARED",
      "this operation is not for callers who may see their own records alone",
    );
  if (owner.shared !== undefined) return call.ask(operation, args);
  const own = ownArguments(owner.arguments ?? [], call.ids, args);
  if (owner.through !== undefined) await readFirst(call, owner.through, own);
  const { data, notices } = await call.ask(operation, own).catch((error: unknown) => {
    throw operation.isRead ? untelling(error) : error;
  });
  return {
    data: ownAnswer(owner.answer ?? [], call.ids, data),
    notices: notices.length === 0 ? [] : ["the backend failed in part"],
  };
}

/** Reads a record by the arguments that it must be named by, so that nothing is done to one that is another's. */
async function readFirst(call: OwnedCall, through: string, args: Arguments): Promise<void> {
  const read = call.operations.find(({ id }) => id === through);
  if (read === undefined) throw unknownRecord(`there is no operation "${through}"`);
  const names = requiredOf(read);
  await ownedAnswer(call, read, Object.fromEntries(names.map((it) => [it, args[it]])));
}

/** The arguments without which an operation cannot be called. */
export function requiredOf({ input }: Pick<OfferedOperation, "input">): readonly string[] {
  const required: unknown = input["required"];
  return Array.isArray(required) ? required.map(String) : [];
}

function untelling(error: unknown): unknown {
  return error instanceof ApiProblem && TELLING.has(error.code) ? unknownRecord(error.message) : error;
}
