import type { Run } from "./run.ts";

const UTF8 = new TextEncoder();
const SIGN_OF_LIFE = UTF8.encode(":\n\n");

/** Headers of a stream of events; proxies keep nothing of it back. */
const HEADERS = {
  "content-type": "text/event-stream",
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
} as const;

/**
 * The events of a run as server-sent events, from the one after number `after`. It reads the run's own buffer at its client's pace, so a slow
 * client costs no memory; while nothing happens, comments show that the connection lives.
 */
export function eventStream(run: Run, after: number): Response {
  const leave = run.join();
  let number = after;
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        if (run.after(number).length === 0 && !run.isEnded) await run.changed();
        const events = run.after(number);
        if (events.length > 0) {
          controller.enqueue(UTF8.encode(events.map((it) => `id: ${++number}\ndata: ${it}\n\n`).join("")));
        } else if (run.isEnded) {
          leave();
          controller.close();
        } else controller.enqueue(SIGN_OF_LIFE);
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: HEADERS });
}

/** The number in `Last-Event-ID`; 0 for none. */
export function lastNumber(header: string | undefined): number {
  return header !== undefined && /^\d{1,9}$/.test(header) ? Number(header) : 0;
}
