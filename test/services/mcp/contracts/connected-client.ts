import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { Client as FirstClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as FirstTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import * as z from "zod";
import type { Listening } from "../../libraries/mcp-host/calls.ts";

/** A client that is connected, and what it got back. */
export interface ConnectedClient {
  /** The result, or `{ error }` with the code of the protocol error. */
  ask(method: string, params: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** A header of the last answer. */
  lastHeader(name: string): string | undefined;
  close(): Promise<void>;
}

const ANYTHING = z.looseObject({});
const INFO = { name: "contract", version: "1.0.0" };

/** Connects the SDK of the time: its first version to speak 2025-11-25, its second to speak 2026-07-28. */
export async function connectedClient(to: Listening, sdk: "first" | "second"): Promise<ConnectedClient> {
  let last: Response | undefined;
  const asInterceptor: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    for (const [name, value] of Object.entries(await to.headers())) headers.set(name, value);
    return (last = await fetch(input, { ...init, headers }));
  };
  const ask = sdk === "first" ? await first(to.url, asInterceptor) : await second(to.url, asInterceptor);
  return {
    ask: async (method, params) => {
      try {
        return await ask.request({ method, params });
      } catch (error) {
        return { error: { code: (error as { code?: unknown }).code } };
      }
    },
    lastHeader: (name) => last?.headers.get(name) ?? undefined,
    close: ask.close,
  };
}

interface Asking {
  readonly request: (message: { method: string; params: Record<string, unknown> }) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

async function first(url: URL, fetch: typeof globalThis.fetch): Promise<Asking> {
  const client = new FirstClient(INFO);
  await client.connect(new FirstTransport(url, { fetch }));
  return { request: (message) => client.request(message, ANYTHING), close: () => client.close() };
}

async function second(url: URL, fetch: typeof globalThis.fetch): Promise<Asking> {
  const client = new Client(INFO, { versionNegotiation: { mode: "auto" } });
  await client.connect(new StreamableHTTPClientTransport(url, { fetch }));
  return { request: (message) => client.request(message, ANYTHING), close: () => client.close() };
}
