import type { Plan } from "../../plan/model.ts";
import { planOf, type Described } from "./programs.ts";

/** A plan as data that holds one resource. */
export function only(type: string, inputs: Described["inputs"] = {}, name = "strange"): Plan {
  return planOf({ type, name, inputs });
}

/** What is said of a type without a description; `file` is below `policies/descriptions/`. */
export function noType(type: string, file: string, name = "strange"): string {
  return `"${name}" must not be deployed: nobody here understands the type ${type}; describe it in policies/descriptions/${file}.`;
}

/** What is said of a type that holds programs or other types. */
export function opaque(why: string): string {
  return `"strange" must not be deployed: ${why}, which no rule can read; declare what it would make one by one.`;
}

/** What is said of a property that is not named. */
export function noProperty(name: string, path: string, file: string): string {
  return `"${name}" must not set ${path}: nobody here understands it; name it in policies/descriptions/${file}, as read or as inert.`;
}

/** What is said of a value of a property that has few. */
export function otherValue(name: string, path: string, what: string, file: string): string {
  return `"${name}" must not set ${path} to this value: nobody here understands another; ${what}, or name it as read in policies/descriptions/${file}.`;
}
