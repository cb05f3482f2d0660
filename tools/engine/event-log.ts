import { open, type FileHandle } from "node:fs/promises";
import { StringDecoder } from "node:string_decoder";

const POLL_MS = 100;
const CHUNK_BYTES = 256 * 1024;

/** Hands over every whole line of a file that is still being written; the answer reads the rest and stops. */
export function followLines(file: string, onLine: (line: string) => void): () => Promise<void> {
  const tail = new Tail(file, onLine);
  let reading = Promise.resolve();
  const timer = setInterval(() => (reading = reading.then(() => tail.read())), POLL_MS);
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    clearInterval(timer);
    await reading;
    await tail.read();
    await tail.close();
  };
  return () => (stopped ??= stop());
}

class Tail {
  readonly #file: string;
  readonly #onLine: (line: string) => void;
  readonly #decoder = new StringDecoder("utf8");
  readonly #buffer = Buffer.alloc(CHUNK_BYTES);
  #handle: FileHandle | undefined;
  #rest = "";

  constructor(file: string, onLine: (line: string) => void) {
    this.#file = file;
    this.#onLine = onLine;
  }

  async read(): Promise<void> {
    this.#handle ??= await open(this.#file).catch(() => undefined); // not there until the engine has begun
    if (this.#handle === undefined) return;
    for (;;) {
      const { bytesRead } = await this.#handle.read(this.#buffer, 0, CHUNK_BYTES, null);
      if (bytesRead === 0) return;
      const lines = (this.#rest + this.#decoder.write(this.#buffer.subarray(0, bytesRead))).split("\n");
      this.#rest = lines.pop() ?? "";
      for (const line of lines) if (line !== "") this.#onLine(line);
    }
  }

  async close(): Promise<void> {
    await this.#handle?.close();
  }
}
