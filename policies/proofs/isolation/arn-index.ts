import { oncePer } from "../../engine/once-per.ts";
import type { Platform } from "../../engine/platform.ts";
import { isPattern, overlap } from "../../facts/grants/language/patterns.ts";
import { type Thing, things } from "./things.ts";

/** Finds the things that an ARN of a document may mean, whose wildcards count as whatever they could stand for. */
export class ArnIndex {
  readonly #exact = new Map<string, Thing[]>();
  readonly #patterns: (readonly [arn: string, thing: Thing])[] = [];
  readonly #sorted: readonly (readonly [arn: string, thing: Thing])[];

  constructor(all: readonly Thing[]) {
    const entries = all.flatMap((thing) => thing.arns.map((arn) => [arn, thing] as const));
    for (const entry of entries) {
      const [arn, thing] = entry;
      if (isPattern(arn)) this.#patterns.push(entry);
      else this.#exact.set(arn, [...(this.#exact.get(arn) ?? []), thing]);
    }
    this.#sorted = entries.filter(([arn]) => !isPattern(arn)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  }

  /** The things that the text names, or whose contents it names (`<arn>/…`, `<arn>:…`). */
  find(text: string): readonly Thing[] {
    const found = new Set(this.named(text));
    for (const [arn, thing] of this.#patterns) if (meets(text, arn)) found.add(thing);
    if (isPattern(text)) for (const [arn, thing] of this.#below(text)) if (meets(text, arn)) found.add(thing);
    return [...found];
  }

  /** The things whose ARN the text is, or begins with before a `/` or `:`. */
  named(text: string): readonly Thing[] {
    const found: Thing[] = [];
    for (let end = text.length; end > 0; end = Math.max(text.lastIndexOf("/", end - 1), text.lastIndexOf(":", end - 1)))
      found.push(...(this.#exact.get(text.slice(0, end)) ?? []));
    return found;
  }

  /** The entries whose ARN begins as the pattern does before its first wildcard. */
  #below(pattern: string): readonly (readonly [arn: string, thing: Thing])[] {
    const prefix = pattern.slice(0, /[*?]|\$\{/.exec(pattern)?.index ?? pattern.length);
    const [start, end] = [this.#firstFrom(prefix), this.#firstFrom(`${prefix}\uffff`)];
    return this.#sorted.slice(start, end);
  }

  #firstFrom(text: string): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sorted[middle]?.[0] ?? "") < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The index of everything that has an ARN. */
export const arnIndex = oncePer((platform: Platform) => new ArnIndex(things(platform)));

/** Whether a pattern of a document may mean the ARN or something in it: objects of a bucket, streams of a log group, endpoints of a runtime. */
function meets(pattern: string, arn: string): boolean {
  return overlap(pattern, arn) || overlap(pattern, `${arn}/*`) || overlap(pattern, `${arn}:*`);
}
