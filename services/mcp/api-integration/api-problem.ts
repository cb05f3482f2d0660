import type { RECORD_UNKNOWN } from "../../../contracts/server-contract.ts";
import { Problem } from "../../libraries/service-kit/problem.ts";

/** What can go wrong between a tool and the backend that it stands for. */
export type ApiErrorCode =
  | "ERR_ADDRESS_REFUSED"
  | "ERR_ANSWER_INVALID"
  | "ERR_ANSWER_TOO_LARGE"
  | "ERR_ANSWER_UNREADABLE"
  | "ERR_API_UNKNOWN"
  | "ERR_ARGUMENT_INVALID"
  | "ERR_BACKEND_BUSY"
  | "ERR_BACKEND_FAILED"
  | "ERR_BACKEND_OPEN"
  | "ERR_BACKEND_REDIRECT"
  | "ERR_BACKEND_REFUSED"
  | "ERR_BACKEND_TIMEOUT"
  | "ERR_BACKEND_UNREACHABLE"
  | "ERR_CREDENTIAL_UNAVAILABLE"
  | "ERR_OWNER_UNDECLARED"
  | typeof RECORD_UNKNOWN;

/** A call that a backend, or we in front of it, did not answer. */
export class ApiProblem extends Problem<ApiErrorCode> {
  override readonly name = "ApiProblem";

  constructor(
    code: ApiErrorCode,
    clientMessage: string,
    options?: { reason?: string; field?: string; cause?: unknown },
  ) {
    super(code, options?.reason ?? clientMessage, clientMessage, options);
  }
}

/** A description of an API that cannot become tools: every fault at once, each with the place where it is. */
export class DescriptionError extends Error {
  override readonly name = "DescriptionError";
  readonly code = "ERR_DESCRIPTION";
  readonly faults: readonly string[];

  constructor(api: string, faults: readonly string[]) {
    super(`"${api}" cannot become tools:\n${faults.map((it) => `- ${it}`).join("\n")}`);
    this.faults = faults;
  }
}
