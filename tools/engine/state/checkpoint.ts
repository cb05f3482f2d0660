import * as z from "zod";
import { isCounted } from "../counting.ts";

const checkpoint = z.object({
  checkpoint: z.object({
    latest: z
      .object({
        manifest: z.object({ time: z.string() }),
        resources: z.array(z.object({ urn: z.string(), type: z.string() })).nullish(),
        pending_operations: z.array(z.object({ type: z.string() })).nullish(),
      })
      .nullish(),
  }),
});

/** What a checkpoint says of a stack. */
export interface Checkpoint {
  /** How many resources there are, by `isCounted`. */
  readonly resources: number;
  /** When it was last changed; absent when nothing was ever deployed. */
  readonly updatedAt?: string;
  /** Operations of which the engine did not learn the end. */
  readonly pending: number;
}

/** Reads the text of a state file, or of one of the engine's copies of it; throws `SyntaxError` or `ZodError`. */
export function parseCheckpoint(text: string): Checkpoint {
  const { latest } = checkpoint.parse(JSON.parse(text)).checkpoint;
  if (latest === undefined || latest === null) return { resources: 0, pending: 0 };
  const { manifest, resources, pending_operations: pending } = latest;
  const counted = (resources ?? []).filter(isCounted).length;
  return { resources: counted, updatedAt: manifest.time, pending: pending?.length ?? 0 };
}
