import type { ApiFixture } from "./api-fixture.ts";

/** JSON of an answer. */
export interface Json {
  readonly [name: string]: unknown;
}

/** A request of a partner, at the first tenant unless it is said otherwise. */
export interface Sent {
  readonly method?: string;
  readonly as?: "metal-works" | "paper-mill";
  readonly key?: string;
  readonly headers?: Record<string, string>;
  readonly json?: unknown;
  readonly body?: string;
  readonly at?: string;
}

/** Ways to call the API of a fixture, once there is one. */
export function callsOf(fixture: () => ApiFixture) {
  async function send(path: string, { method = "GET", as = "metal-works", key, headers, json, body, at }: Sent = {}) {
    const content = json === undefined ? body : JSON.stringify(json);
    const response = await fetch(`${at ?? fixture().acme}${path}`, {
      method,
      headers: {
        "x-api-key": key ?? fixture().partners.acme.keys[as],
        ...(content !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(content !== undefined && { body: content }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: text === "" ? {} : (JSON.parse(text) as Json),
    };
  }
  interface Json {
    readonly [name: string]: unknown;
  }

  let keys = 0;
  const fresh = (): string => `test-${keys++}`;
  const place = (sent: Sent & { readonly once?: string } = {}) =>
    send("/v1/orders", {
      method: "POST",
      json: { lines: [{ sku: "pan", quantity: 1 }] },
      ...sent,
      headers: { "idempotency-key": sent.once ?? fresh(), ...sent.headers },
    });
  const cancel = (id: unknown, etag: string | undefined, sent: Sent = {}) =>
    send(`/v1/orders/${String(id)}/cancellation`, {
      method: "PUT",
      json: { reason: "no longer needed" },
      ...sent,
      headers: { ...(etag !== undefined && { "if-match": etag }) },
    });
  const orders = async (sent?: Sent): Promise<readonly string[]> => {
    const { json } = await send("/v1/orders?limit=100", sent);
    return (json["orders"] as { id: string }[]).map(({ id }) => id);
  };

  return { send, fresh, place, cancel, orders };
}
