import { ownIds } from "../../libraries/service-kit/own-ids.ts";
import type { Answer, Api, Arguments, OfferedOperation } from "./api.ts";
import { ApiProblem } from "./api-problem.ts";
import { BackendRefusal } from "./answer/error-status.ts";
import { ownedAnswer } from "./ownership/owned-call.ts";
import { shaped } from "./answer/shape.ts";
import type { ApiCall } from "./services.ts";

/** Does an operation at its backend, and gives back what may be passed on of the answer: to this caller, and at all. */
export async function callOperation(
  { name, limits, operations }: Pick<Api, "limits" | "name" | "operations">,
  operation: OfferedOperation,
  args: Arguments,
  { context, services, signal }: ApiCall,
): Promise<Answer> {
  const backend = services.backends.get(name);
  if (backend === undefined) throw new ApiProblem("ERR_API_UNKNOWN", `"${name}" has no backend here`);
  const ask = async (asked: OfferedOperation, its: Arguments): Promise<Answer> => {
    const reply = await backend.send(asked.request(its), { correlationId: context.correlationId, signal });
    const { data, notices } = asked.answer(reply);
    return { data, notices: notices.map((it) => backend.publicText(it)) };
  };
  const { keep } = operation;
  const ids = ownIds(context);
  try {
    const answer =
      ids === undefined ? await ask(operation, args) : await ownedAnswer({ ids, operations, ask }, operation, args);
    return shaped(answer, { ...limits, ...(keep !== undefined && { keep }) });
  } catch (error) {
    throw error instanceof BackendRefusal ? refusalFor(name, error, backend.publicText(error.detail)) : error;
  }
}

/** The log learns that it was refused; in whose words, only the caller. */
function refusalFor(api: string, { code, message }: BackendRefusal, detail: string): ApiProblem {
  const words = detail === "" ? "" : `; it said: ${detail}`;
  return new ApiProblem(code, `"${api}": ${message}${words}`, { reason: `"${api}": ${message}` });
}
