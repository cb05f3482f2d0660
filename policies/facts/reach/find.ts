import { oncePer } from "../../engine/once-per.ts";
import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";

const indexes = oncePer<Platform, Map<string, ReadonlyMap<string, Placed>>>(() => new Map());

/** The resource of a type that has this value as an output, such as its id, in whichever stack it is. */
export function findBy(
  platform: Platform,
  type: string,
  output: string,
  value: string | undefined,
): Placed | undefined {
  if (value === undefined) return undefined;
  const key = `${type} ${output}`;
  let index = indexes(platform).get(key);
  if (index === undefined) {
    index = new Map(platform.ofType(type).map((it) => [outputOf(it.resource, output), it]));
    indexes(platform).set(key, index);
  }
  return index.get(value);
}
