import { Problem } from "../service-kit/problem.ts";

/** Why an event is refused; stable, so that dead letters and metrics may rely on it. */
export type EventErrorCode =
  | "ERR_EVENT_CONFLICT"
  | "ERR_EVENT_FUTURE"
  | "ERR_EVENT_MALFORMED"
  | "ERR_EVENT_SIGNATURE"
  | "ERR_EVENT_STALE"
  | "ERR_EVENT_TENANT"
  | "ERR_EVENT_TOO_LARGE"
  | "ERR_EVENT_UNEXPECTED";

/** An event that no attempt will make acceptable: it goes to the dead letters at once. */
export class EventError extends Problem<EventErrorCode> {
  override readonly name = "EventError";

  constructor(code: EventErrorCode, reason: string, options?: { field?: string; cause?: unknown }) {
    super(code, reason, "the event is not accepted", options);
  }
}
