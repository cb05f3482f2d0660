import * as z from "zod";
import type { TenantEvent } from "../tenant-event.ts";

const delivered = z.object({ source: z.string(), detail: z.object({ cloudevent: z.string() }) });

/** An event as the detail of an entry of Amazon EventBridge: a text, so that nothing on the way writes its JSON anew. */
export function inEnvelope(event: TenantEvent): string {
  return JSON.stringify({ cloudevent: JSON.stringify(event) });
}

/**
 * The event in what EventBridge put into a queue, and the `source` under which it took that; the text itself where it is none of those,
 * to be refused by who verifies it.
 */
export function outOfEnvelope(body: string): { readonly text: string; readonly teller?: string } {
  try {
    const { source: teller, detail } = delivered.parse(JSON.parse(body));
    return { text: detail.cloudevent, teller };
  } catch {
    return { text: body };
  }
}
