import { gatewayToolName, partsOfToolName } from "../../contracts/tool-names.ts";
import { hash } from "node:crypto";
import type { InterceptorCatalogue } from "../../contracts/interceptor-catalogue.ts";
import type { TenantContext } from "../libraries/service-kit/tenant-context.ts";
import type { HeaderFields } from "./messages/event.ts";
import type { Message } from "./messages/message.ts";

type Caller = Pick<TenantContext, "tenantId" | "clientId" | "userId">;

/** A message as it goes on, and the caller's headers that must follow it. */
export interface Directed {
  readonly message: Message;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Sends a share of the callers of a tool to the release on trial, by the name under which the gateway has it there.
 * Header and body must agree (SEP-2243), so `Mcp-Name` follows where it came.
 */
export function directed(
  message: Message,
  callers: HeaderFields,
  caller: Caller,
  { trials }: InterceptorCatalogue,
): Directed {
  const name = candidateTool(message, caller, trials);
  if (name === undefined) return { message, headers: {} };
  const repeating = Object.keys(callers).filter((it) => it.toLowerCase() === "mcp-name");
  return {
    message: { ...message, params: { ...message.params, name } },
    headers: Object.fromEntries(repeating.map((it) => [it, name])),
  };
}

function candidateTool(
  { method, params }: Message,
  caller: Caller,
  trials: InterceptorCatalogue["trials"],
): string | undefined {
  const { name } = params;
  if (method !== "tools/call" || typeof name !== "string") return undefined;
  const { target = "", tool = "" } = partsOfToolName(name) ?? {};
  const trial = Object.hasOwn(trials, target) ? trials[target] : undefined;
  if (trial?.tools.includes(tool) !== true || placeOf(caller) >= trial.percent) return undefined;
  return gatewayToolName(trial.target, tool);
}

/** From 0 to 99, and the same in every call of a caller: one version is met, retries included, and a larger share keeps whom a smaller had. */
function placeOf({ tenantId, clientId, userId }: Caller): number {
  const digest = hash("sha256", JSON.stringify([tenantId, clientId, userId ?? null]), "hex");
  return Number.parseInt(digest.slice(0, 12), 16) % 100;
}
