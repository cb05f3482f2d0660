import { isRecord } from "../../contracts/json.ts";
import { UNKNOWN, type Plan } from "../model.ts";
import { UNKNOWN_TEXT } from "./wire-values.ts";

/** Writes a plan as JSON; what is unknown becomes the text that Pulumi uses for it. */
export function stringifyPlan(plan: Plan): string {
  return JSON.stringify(plan, (_, value: unknown) => (value === UNKNOWN ? UNKNOWN_TEXT : value));
}

/** Reads a plan that `stringifyPlan` wrote; throws `SyntaxError` for text that is no JSON and `TypeError` for JSON that is no plan. */
export function parsePlan(text: string): Plan {
  const plan: unknown = JSON.parse(text, (_, value: unknown) => (value === UNKNOWN_TEXT ? UNKNOWN : value));
  if (!isPlan(plan)) throw new TypeError('a plan must have "stack", "complete" and "resources"');
  return plan;
}

function isPlan(value: unknown): value is Plan {
  if (!isRecord(value)) return false;
  const { stack, complete, resources } = value;
  return (
    typeof stack === "string" &&
    typeof complete === "boolean" &&
    Array.isArray(resources) &&
    resources.every(isResource)
  );
}

function isResource(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { urn, type, name, inputs, dependencies, source } = value;
  const texts = [urn, type, name].every((it) => typeof it === "string");
  return texts && isRecord(inputs) && Array.isArray(dependencies) && (source === undefined || isSource(source));
}

function isSource(value: unknown): boolean {
  return isRecord(value) && typeof value["file"] === "string" && Number.isSafeInteger(value["line"]);
}
