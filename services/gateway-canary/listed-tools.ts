import { SdkHttpError } from "@modelcontextprotocol/client";
import { isRecord, recordIn } from "../../contracts/json.ts";
import { GatewayClient } from "../libraries/gateway-client/gateway-client.ts";

/** Until an answer of the gateway begins, in milliseconds. Two are waited for: what the gateway speaks, and what it lists. */
const ANSWER_MS = 8_000;

/** The gateway, and what has tokens for it. */
export interface Listing {
  readonly url: URL;
  readonly token: () => Promise<string>;
}

/** How many tools a gateway lists, asked anew and once; throws where it does not answer in time, refuses, or lists none. */
export async function listedTools({ url, token }: Listing): Promise<number> {
  const limits = { retries: 0, answerMs: ANSWER_MS };
  const client = new GatewayClient({ url, name: "gateway-canary", version: "1.0.0", auth: { token }, limits });
  try {
    const { length } = await client.listTools();
    if (length === 0) throw new Error("the gateway lists no tools");
    return length;
  } finally {
    await client.close();
  }
}

/** Whether a gateway refused because the tenant is suspended: it then knows the caller and the tenant, and answers as it must. */
export function isSuspended(error: unknown): boolean {
  if (!(error instanceof SdkHttpError)) return false;
  const { text } = error.data;
  const { error: refusal } = recordIn(typeof text === "string" ? text : "{}");
  return isRecord(refusal) && isRecord(refusal["data"]) && refusal["data"]["code"] === "ERR_TENANT_SUSPENDED";
}
