import { parentPort } from "node:worker_threads";
import { handler, type PreTokenGenerationEvent } from "../../../../services/token-claims/handler.ts";

interface Invocation {
  readonly id: number;
  readonly event: PreTokenGenerationEvent;
}

parentPort?.on("message", ({ id, event }: Invocation) => {
  handler(event).then(
    (answer) => parentPort?.postMessage({ id, answer }),
    (error: unknown) => parentPort?.postMessage({ id, failure: String(error) }),
  );
});

parentPort?.postMessage("ready");
