import { isRecord } from "../../../contracts/json.ts";
import { UNKNOWN } from "../../../plan/model.ts";
import { oncePer } from "../../engine/once-per.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { UnknownValue } from "../../engine/three-values.ts";
import { TYPE } from "../../facts/resource-types.ts";
import type { Link } from "./link.ts";
import { LINKS } from "./links.ts";

/** Whether a stack is the other one, or stands on it: its address begins with the other's. */
function standsOn(stack: string, other: string): boolean {
  return stack === other || stack.startsWith(`${other}.`);
}

/** The resource that a text names for a link of a stack: declared by the stack itself, or by one above it. */
export function declaredFor(
  { signs, targets }: Link,
  text: string,
  stack: string,
  platform: Platform,
): Placed | undefined {
  const index = byName(platform);
  return targets
    .flatMap(([type, output]) => index.get(`${type} ${output} ${text}`) ?? [])
    .find((it) => standsOn(stack, it.stack.name) && isFit(it, signs === true));
}

/** A key that signs encrypts nothing, and a key that encrypts signs nothing. */
function isFit({ resource }: Placed, signs: boolean): boolean {
  return resource.type !== TYPE.key || (resource.text("keyUsage") === "SIGN_VERIFY") === signs;
}

const byName = oncePer((platform: Platform): ReadonlyMap<string, readonly Placed[]> => {
  const all = new Map<string, Placed[]>();
  const targets = new Set(LINKS.flatMap((it) => it.targets.map(([type, output]) => `${type} ${output}`)));
  for (const target of targets) {
    const [type = "", output = ""] = target.split(" ");
    for (const it of platform.ofType(type)) {
      for (const name of textsIn(it.resource.resource.outputs, output)) {
        const key = `${target} ${name}`;
        all.set(key, [...(all.get(key) ?? []), it]);
      }
    }
  }
  return all;
});

/** The texts at a path in outputs; one that is not known names nothing. */
function textsIn(outputs: unknown, path: string): readonly string[] {
  try {
    return textsAt(outputs, path);
  } catch (error) {
    if (error instanceof UnknownValue) return [];
    throw error;
  }
}

/** The texts at a path in inputs, through all members of lists. Throws `UnknownValue` for one that is not known. */
export function textsAt(value: unknown, path: string): readonly string[] {
  return below(value, path.split("."), path);
}

function below(value: unknown, keys: readonly string[], path: string): readonly string[] {
  if (value === UNKNOWN) throw new UnknownValue(path);
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((it) => below(it, keys, path));
  const [key, ...rest] = keys;
  if (key === undefined) return typeof value === "string" ? [value] : [];
  return isRecord(value) && Object.hasOwn(value, key) ? below(value[key], rest, path) : [];
}
