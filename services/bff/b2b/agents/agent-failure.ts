import { Problem } from "../../../libraries/service-kit/problem.ts";
import { ApiProblem } from "../../library/api-problem.ts";

/** What a client is told where an agent gives no answer; anything but a `Problem` as it is. */
export function agentFailure(error: unknown): unknown {
  if (!(error instanceof Problem)) return error;
  const { clientMessage: detail } = error;
  switch (error.code) {
    case "ERR_AGENT_BUSY":
    case "ERR_AGENT_UNAVAILABLE":
      return new ApiProblem("unavailable", detail, { retryAfterSeconds: 5, cause: error });
    case "ERR_DEADLINE":
      return new ApiProblem("agent-timeout", detail, { cause: error });
    case "ERR_AGENT_REQUEST":
      return new ApiProblem("invalid", detail, { cause: error });
    default:
      return new ApiProblem("agent-failed", detail, { cause: error });
  }
}
