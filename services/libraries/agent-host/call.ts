import { ServerCallContext } from "@a2a-js/sdk/server";
import { type Identified, ownerOf } from "./identities.ts";

/** What the host knows of one call and the SDK does not. */
export interface HostCall extends Identified {
  readonly correlationId: string;
  /** Aborts when the caller leaves, unless it left on purpose. */
  readonly left: AbortSignal;
  readonly deadlineAt: number;
  /** Gives the call's place back. */
  readonly release: () => void;
}

const KEY = "alicerce.call";

/** The SDK's context of a call: tasks are scoped by the tenant, which the host has written into the request, and by the owner. */
export function contextOf(call: HostCall, requestedVersion: string): ServerCallContext {
  const user = { isAuthenticated: true, userName: ownerOf(call.caller) };
  return new ServerCallContext({ user, requestedVersion, state: new Map([[KEY, call]]) });
}

/** What the host put into a context; throws `TypeError` for one that it did not make. */
export function callOf({ state }: ServerCallContext): HostCall {
  const call = state.get(KEY);
  if (call === undefined) throw new TypeError("the context is not of this host");
  return call as HostCall;
}
