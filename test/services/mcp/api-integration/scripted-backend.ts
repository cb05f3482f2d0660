import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { z } from "zod";
import type { BackendRequest } from "../../../../services/mcp/api-integration/api.ts";
import { Backend, type BackendOptions } from "../../../../services/mcp/api-integration/http/backend.ts";
import { BackendSettings } from "../../../../services/mcp/api-integration/http/backend-settings.ts";

/** What a backend was asked, as it came over the wire. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A real HTTP server that answers as a test says and remembers what it was asked. */
export interface ScriptedBackend {
  readonly url: string;
  readonly port: number;
  readonly seen: Seen[];
  answer: (seen: Seen, response: ServerResponse) => void;
  readonly stop: () => Promise<void>;
}

/** Starts a backend on loopback that answers `{}` until it is told otherwise. */
export async function scriptedBackend(): Promise<ScriptedBackend> {
  const server = createServer((request, response) => void receive(request, response));
  const backend = { seen: [] as Seen[], answer: jsonAnswer({}) };
  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks = (await request.toArray()) as Buffer[];
    const { method = "", url = "", headers } = request;
    const seen = { method, url, headers, body: Buffer.concat(chunks).toString() };
    backend.seen.push(seen);
    backend.answer(seen, response);
  };
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return Object.assign(backend, { url: `http://127.0.0.1:${port}`, port, stop });
}

/** Answers one after the other, the last of them for ever. */
export function inTurn({ seen }: ScriptedBackend, ...answers: readonly ScriptedBackend["answer"][]) {
  return (asked: Seen, response: ServerResponse) =>
    answers[Math.min(seen.length, answers.length) - 1]?.(asked, response);
}

/** Answers a value as JSON. */
export function jsonAnswer(value: unknown, status = 200, headers: { readonly [name: string]: string } = {}) {
  return (_: Seen, response: ServerResponse) =>
    void response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
}

/** Answers text of some type. */
export function textAnswer(text: string | Buffer, contentType: string, status = 200) {
  return (_: Seen, response: ServerResponse) =>
    void response.writeHead(status, { "content-type": contentType }).end(text);
}

/** Loopback is open for what tests start there. */
export const LOOPBACK = ["127.0.0.0/8"];

/** The backend of an API, with what a test changes of its settings. */
export function backendAt(
  baseUrl: string,
  settings: Partial<z.input<typeof BackendSettings>> = {},
  options: Partial<BackendOptions> = {},
): Backend {
  const parsed = BackendSettings.parse({ baseUrl, dangerouslyAllowedNetworks: LOOPBACK, ...settings });
  const credentials = { read: () => Promise.reject(new Error("no secret was expected")), forget: () => undefined };
  return new Backend(parsed, { name: "sample", credentials, ...options });
}

/** A request that reads. */
export const GET: BackendRequest = { method: "GET", path: "/it", query: [], headers: {}, isIdempotent: true };

/** A request that changes something, and not twice the same. */
export const POST: BackendRequest = { ...GET, method: "POST", body: "{}", isIdempotent: false };

/** Somebody who waits for an answer. */
export const caller = (signal: AbortSignal = new AbortController().signal) => ({ correlationId: "corr-1", signal });
