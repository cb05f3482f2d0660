import type { tenantIdentity } from "./agents.ts";

/** A JSON-RPC answer, whatever it holds. */
export interface RpcAnswer {
  readonly id?: unknown;
  readonly result?: { readonly [name: string]: unknown };
  readonly error?: {
    readonly code: number;
    readonly message: string;
    readonly data?: readonly { readonly [name: string]: unknown }[];
  };
}

/** A caller without an SDK: what it sends is what is written here. */
export async function caller(
  url: URL,
  identity: Awaited<ReturnType<typeof tenantIdentity>>,
  changes: { readonly [header: string]: string } = {},
) {
  const headers = {
    authorization: `Bearer ${await identity.workload()}`,
    "x-user-context": await identity.context(),
    "content-type": "application/json",
    "a2a-version": "1.0",
    ...changes,
  };
  const post = (method: string, params?: object, signal?: AbortSignal): Promise<Response> =>
    fetch(url, {
      method: "POST",
      headers,
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
      ...(signal && { signal }),
    });
  const rpc = async (method: string, params?: object): Promise<RpcAnswer> =>
    (await (await post(method, params)).json()) as RpcAnswer;
  return { headers, post, rpc };
}

/** A message of a user. */
export function message(text: string, changes: object = {}): { readonly message: object } {
  return { message: { messageId: crypto.randomUUID(), role: "ROLE_USER", parts: [{ text }], ...changes } };
}

/** The responses of a stream, as they come. */
export async function* responsesOf(response: Response): AsyncGenerator<RpcAnswer, void, undefined> {
  let buffer = "";
  if (response.body === null) throw new TypeError("no stream");
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    buffer += piece;
    for (let end = buffer.indexOf("\n\n"); end >= 0; end = buffer.indexOf("\n\n")) {
      const line = buffer.slice(0, end);
      buffer = buffer.slice(end + 2);
      if (line.startsWith("data: ")) yield JSON.parse(line.slice(6)) as RpcAnswer;
    }
  }
}

/** Everything of a stream that ends. */
export function allOf(response: Response): Promise<readonly RpcAnswer[]> {
  return restOf(responsesOf(response));
}

/** What has not been read of a stream that ends. */
export async function restOf(responses: AsyncIterable<RpcAnswer>): Promise<readonly RpcAnswer[]> {
  const all: RpcAnswer[] = [];
  for await (const it of responses) all.push(it);
  return all;
}
