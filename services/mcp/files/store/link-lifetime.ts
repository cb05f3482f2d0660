import * as z from "zod";

/** How long a link is good for, as a tool takes it. */
export const minutes = z.int().min(1).max(15).default(5).describe("How long the link is good for");

/** A lifetime as a store wants it, and as a caller is told when it ends. */
export function lifetime(minutes: number): { readonly lifetimeSeconds: number; readonly expires: string } {
  const lifetimeSeconds = minutes * 60;
  return { lifetimeSeconds, expires: new Date(Date.now() + lifetimeSeconds * 1_000).toISOString() };
}
