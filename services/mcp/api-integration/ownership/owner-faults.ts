import { isRecord } from "../../../../contracts/json.ts";
import type { OfferedOperation } from "../api.ts";
import { requiredOf } from "./owned-call.ts";
import { stepsOf } from "./owner.ts";

/** Why what an operation declares of its owners could not be kept; empty if it can. */
export function ownerFaults(operation: OfferedOperation, operations: readonly OfferedOperation[]): readonly string[] {
  const { id, owner } = operation;
  if (owner === undefined) return [];
  const faults = [
    ...(owner.shared === undefined ? [] : sharedFaults(operation)),
    ...argumentFaults(operation),
    ...answerFaults(operation),
    ...(owner.through === undefined ? [] : throughFaults(operation, owner.through, operations)),
  ];
  return faults.map((it) => `${id}: ${it}`);
}

function* sharedFaults({ classification, isRead }: OfferedOperation): Generator<string> {
  if (!isRead) yield "changes something, and is not shared: it must say for whom";
  if (classification !== "public" && classification !== "internal")
    yield `${classification} answers are somebody's, and are not shared`;
}

function* argumentFaults({ input, isRead, owner = {} }: OfferedOperation): Generator<string> {
  for (const it of owner.arguments ?? [])
    if (!leadsToId(input, stepsOf(it))) yield `takes no argument "${it}" that is one id`;
  if (!isRead && owner.shared === undefined && owner.arguments === undefined && owner.through === undefined)
    yield "is done before its answer says whose it was: an argument must, or a read that it goes through";
}

function leadsToId(schema: unknown, [step, ...rest]: readonly string[]): boolean {
  if (!isRecord(schema)) return false;
  if (step === undefined) return [schema["type"]].flat().some((it) => it === "string" || it === "integer");
  if (step === "*") return leadsToId(schema["items"], rest);
  const properties = schema["properties"];
  return isRecord(properties) && Object.hasOwn(properties, step) && leadsToId(properties[step], rest);
}

function* answerFaults({ keep, owner = {} }: OfferedOperation): Generator<string> {
  for (const it of owner.answer ?? []) {
    const steps = stepsOf(it);
    if ((steps.at(-1) ?? "*") === "*") yield `"${it}" must name a member of each record`;
    else if (steps.includes("*") && steps[0] !== "*" && keep === undefined)
      yield `keep must say what else is passed on of an answer with the list of "${it}"`;
  }
}

function* throughFaults(
  operation: OfferedOperation,
  through: string,
  operations: readonly OfferedOperation[],
): Generator<string> {
  const read = operations.find(({ id }) => id === through);
  if (read === undefined || read === operation || !readsOneRecord(read)) {
    yield `"${through}" must be an operation that reads one record and whose answer says whose it is`;
    return;
  }
  if (requiredOf(read).length === 0) yield `"${through}" reads what no argument names`;
  const own = requiredOf(operation);
  for (const it of requiredOf(read).filter((name) => !own.includes(name)))
    yield `takes no "${it}", by which "${through}" reads the record`;
}

function readsOneRecord({ isRead, owner = {} }: OfferedOperation): boolean {
  const saysWhose = (owner.answer ?? []).some((it) => !stepsOf(it).includes("*"));
  return isRead && saysWhose && owner.through === undefined;
}
