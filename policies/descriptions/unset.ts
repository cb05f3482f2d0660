import { isRecord } from "../../contracts/json.ts";
import { UNKNOWN } from "../../plan/model.ts";
import { DESCRIPTIONS } from "./descriptions.ts";

/** The inputs that the type's description needs and that are not set. */
export function unset(type: string, inputs: Readonly<Record<string, unknown>>): readonly string[] {
  const { needs = [] } = DESCRIPTIONS.get(type) ?? {};
  return needs.filter((path) => !isSet(inputs, path.split(".")));
}

/** Whether there is a value at the path, in each member of the lists that it goes through. */
function isSet(value: unknown, path: readonly string[]): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.length > 0 && value.every((it) => isSet(it, path));
  const [key, ...rest] = path;
  if (key === undefined) return value !== undefined && value !== null;
  return isRecord(value) && Object.hasOwn(value, key) && isSet(value[key], rest);
}
