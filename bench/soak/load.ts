import { Pool } from "undici";

/** Somebody who may call a gateway. */
export interface Caller {
  readonly tenant: string;
  readonly url: string;
  /** The access token at the moment; it lives five minutes, so {@link renew} is called before. */
  readonly token: () => string;
  readonly renew: () => Promise<void>;
  /** What it calls in turn, tools with arguments. */
  readonly calls: readonly ToolCall[];
}

/** A tool with its arguments. */
export type ToolCall = readonly [tool: string, args: object];

/** How one call ended. */
export interface Outcome {
  readonly tenant: string;
  readonly tool: string;
  /** Since the program began, as all times here. */
  readonly dueMs: number;
  readonly endedMs: number;
  /** From when it was due, so that waiting for its turn counts. */
  readonly waitedMs: number;
  /** Absent if the tool did what it was asked to. */
  readonly error?: string;
}

const CONNECTIONS = 64;
const LONGEST_MS = 120_000;

const pools = new Map<string, Pool>();

/** Calls a tool and tells how that ended; never throws. */
export async function outcomeOf({ tenant, url, token }: Caller, call: ToolCall, dueMs: number): Promise<Outcome> {
  const [tool, args] = call;
  const error = await send(url, token(), { name: tool, arguments: args }).catch((cause: unknown) => codeOf(cause));
  const endedMs = performance.now();
  const known = { tenant, tool, dueMs, endedMs, waitedMs: endedMs - dueMs };
  return error === undefined ? known : { ...known, error };
}

async function send(url: string, token: string, params: object): Promise<string | undefined> {
  const { origin, pathname: path } = new URL(url);
  const pool = pools.get(origin) ?? new Pool(origin, { connections: CONNECTIONS });
  pools.set(origin, pool);
  const { statusCode, body } = await pool.request({
    path,
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": "2025-11-25",
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params }),
    headersTimeout: LONGEST_MS,
    bodyTimeout: LONGEST_MS,
  });
  const text = await body.text();
  if (statusCode !== 200) return `status ${statusCode}`;
  const { error, result } = JSON.parse(text.replace(/^event: message\ndata: /, "")) as Answer;
  if (error !== undefined) return `error ${error.code}`;
  return result?.isError === true ? (result.content?.[0]?.text ?? "a tool's error").slice(0, 70) : undefined;
}

interface Answer {
  readonly error?: { readonly code: number };
  readonly result?: { readonly isError?: boolean; readonly content?: readonly { readonly text?: string }[] };
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}

/** Closes the connections. */
export async function disconnect(): Promise<void> {
  await Promise.all([...pools.values()].map((it) => it.destroy()));
}
