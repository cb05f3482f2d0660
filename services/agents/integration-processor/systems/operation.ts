import {
  customerIn,
  OPERATION_FAULT,
  OPERATION_RIGHT,
  type PartnerOperation,
  partnerOperationSchema,
} from "../../../../contracts/agents/partner-operations.ts";
import { isRecord } from "../../../../contracts/json.ts";
import type { Turn, TurnEvent } from "../../../libraries/agent-host/turn.ts";
import type { GatewayClient } from "../../../libraries/gateway-client/gateway-client.ts";
import { Problem } from "../../../libraries/service-kit/problem.ts";
import { inSystems } from "./tenant-systems.ts";

/** Whether what came as JSON asks for an operation in the systems of the tenant, rather than for records to be processed. */
export function isOperation(data: unknown): boolean {
  return isRecord(data) && "operation" in data;
}

/** Does what a partner asks for: code, and no model, decides by what the context token allows. */
export async function* operated(
  turn: Turn,
  gateway: Pick<GatewayClient, "callTool"> | undefined,
): AsyncGenerator<TurnEvent, void, undefined> {
  const read = partnerOperationSchema.safeParse(turn.data[0]);
  if (!read.success || turn.data.length !== 1)
    throw new Problem(OPERATION_FAULT.invalid, "no operation that is known", "the message names no known operation");
  const customerId = allowedCustomer(turn, read.data);
  if (gateway === undefined)
    throw new Problem(OPERATION_FAULT.unavailable, "no gateway for partners", "the tenant has no systems for partners");
  const { signal, userContext: onBehalfOf } = turn;
  yield { type: "data", data: { result: await inSystems(read.data, { gateway, customerId, signal, onBehalfOf }) } };
}

/** The customer for whom the partner acts; throws `Problem` unless the partner may do this, and for one customer. */
function allowedCustomer({ caller }: Turn, { operation }: PartnerOperation): string {
  const customerId = customerIn(caller.permissions);
  if (caller.kind === "partner" && customerId !== undefined && caller.permissions.includes(OPERATION_RIGHT[operation]))
    return customerId;
  const reason = `${operation} takes ${OPERATION_RIGHT[operation]}, for one customer`;
  throw new Problem("ERR_SCOPE_INSUFFICIENT", reason, "the partner may not do this");
}
