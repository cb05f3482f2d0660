import { isRecord } from "../../../contracts/json.ts";
import { TOOL_ERROR_META } from "../../../contracts/server-contract.ts";
import type { Message } from "./message.ts";

/** The code under which a call is written down that the policies of its gateway denied, after the interceptor had let it through. */
const POLICY_DENIED = "ERR_POLICY_DENIED";

/** The code of AgentCore's error for a denial, which it has for others as well. */
const DENIAL_CODE = -32002;

/** How AgentCore says that a policy denied a call, as an error of JSON-RPC or as the result of a tool. */
const DENIAL =
  /^(?:AuthorizeActionException - )?Tool Execution Denied: Tool call not allowed due to policy enforcement(?: \[|$)/;

/** The refusal of a call that is answered so, if the gateway's policies refused it: they are asked about calls of tools alone. */
export function policyRefusal(call: Pick<Message, "method"> | undefined, body: unknown): { readonly refusal?: string } {
  const isDenied = call?.method === "tools/call" && isRecord(body) && isDeniedAnswer(body);
  return isDenied ? { refusal: POLICY_DENIED } : {};
}

function isDeniedAnswer({ error, result }: Readonly<Record<string, unknown>>): boolean {
  if (isRecord(error)) return error["code"] === DENIAL_CODE && isDenial(error["message"]);
  return isRecord(result) && isDeniedResult(result);
}

/** What a server of ours says of a failed call bears a code of its own, whatever its text repeats of the caller's. */
function isDeniedResult({ isError, content, _meta: meta }: Readonly<Record<string, unknown>>): boolean {
  if (isError !== true || !Array.isArray(content) || content.length !== 1) return false;
  if (isRecord(meta) && Object.hasOwn(meta, TOOL_ERROR_META)) return false;
  const [only] = content as readonly unknown[];
  return isRecord(only) && only["type"] === "text" && isDenial(only["text"]);
}

function isDenial(text: unknown): boolean {
  return typeof text === "string" && DENIAL.test(text);
}

/** Whether the first half of the interceptor refused a call for its quota: it alone is not asked again in the second, so it is known by its mark. */
export function isQuotaRefusal(body: unknown): boolean {
  const error = isRecord(body) ? body["error"] : undefined;
  const data = isRecord(error) ? error["data"] : undefined;
  return isRecord(data) && (data["code"] === "ERR_QUOTA_EXCEEDED" || data["code"] === "ERR_QUOTA_UNAVAILABLE");
}
