import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";

/** What clients of one major send, and what of the answer they rely on. */
export const Contract = z.array(
  z.strictObject({
    name: z.string(),
    method: z.string(),
    params: z.record(z.string(), z.unknown()).default({}),
    /** A pattern for the result, or for `{ error }`. */
    answer: z.unknown(),
    /** The major that answers it no more, and the day since when that was allowed. */
    gone: z.strictObject({ since: z.int(), on: z.iso.date() }).optional(),
  }),
);

/** One thing that clients of a major do. */
export type Example = z.output<typeof Contract>[number];

/** Where the examples of clients of a major are. */
export function contractFile(service: string, major: number): string {
  return path.join(import.meta.dirname, "..", service, "examples", `v${major}.json`);
}

/** Reads the examples of a major; throws if there are none. */
export function contractOf(service: string, major: number): readonly Example[] {
  const file = contractFile(service, major);
  if (!existsSync(file)) throw new Error(`what clients of ${service} ${major} rely on must be in ${file}`);
  return Contract.parse(JSON.parse(readFileSync(file, "utf8")));
}
