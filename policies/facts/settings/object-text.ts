import { recordIn } from "../../../contracts/json.ts";

/** Whether a setting is a JSON object: one that is none would be read as an object without members. */
export function isObjectText(text: string): boolean {
  return /^\s*\{\s*\}\s*$/.test(text) || Object.keys(recordIn(text)).length > 0;
}
