import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** What Amazon Cognito allows a trigger. */
const TIMEOUT_MS = 5_000;

interface Answer {
  readonly id: number;
  readonly answer?: unknown;
  readonly failure?: string;
}

/** The function that writes the claims of a tenant's tokens, as it is deployed: with variables of its own, fed with JSON, one tenant's only. */
export class TokenTrigger {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private last = 0;
  private ended: string | undefined;

  private constructor(worker: Worker) {
    this.worker = worker;
    worker.on("message", (answer: Answer) => this.waiting.get(answer.id)?.(answer));
    worker.on("error", (error) => this.end(String(error)));
    worker.on("exit", () => this.end("it has ended"));
  }

  /** Starts the function; throws what it throws when it is loaded. */
  static async start(environment: Readonly<Record<string, string>>): Promise<TokenTrigger> {
    const file = new URL("token-trigger-worker.ts", import.meta.url);
    const worker = new Worker(file, { env: environment, execArgv: [], stdin: false });
    await once(worker, "message");
    return new TokenTrigger(worker);
  }

  /** What the function makes of an event; throws when it fails, or does not answer in time. */
  async invoke(event: object): Promise<unknown> {
    if (this.ended !== undefined) throw new Error(`the trigger failed: ${this.ended}`);
    const id = ++this.last;
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const timer = setTimeout(() => resolve({ id, failure: `no answer within ${TIMEOUT_MS} ms` }), TIMEOUT_MS);
    this.waiting.set(id, resolve);
    try {
      this.worker.postMessage({ id, event: JSON.parse(JSON.stringify(event)) as unknown });
      const { answer, failure } = await promise;
      if (failure !== undefined) throw new Error(`the trigger failed: ${failure}`);
      return answer;
    } finally {
      clearTimeout(timer);
      this.waiting.delete(id);
    }
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }

  private end(reason: string): void {
    this.ended ??= reason;
    for (const [id, settle] of this.waiting) settle({ id, failure: this.ended });
  }
}
