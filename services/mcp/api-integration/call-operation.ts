import type { Answer, Api, Arguments, OfferedOperation } from "./api.ts";
import { ApiProblem } from "./api-problem.ts";
import { BackendRefusal } from "./answer/error-status.ts";
import { shaped } from "./answer/shape.ts";
import type { ApiCall } from "./services.ts";

/** Does an operation at its backend, and gives back what may be passed on of the answer. */
export async function callOperation(
  { name, limits }: Pick<Api, "limits" | "name">,
  operation: OfferedOperation,
  args: Arguments,
  { context, services, signal }: ApiCall,
): Promise<Answer> {
  const backend = services.backends.get(name);
  if (backend === undefined) throw new ApiProblem("ERR_API_UNKNOWN", `"${name}" has no backend here`);
  const { keep } = operation;
  try {
    const reply = await backend.send(operation.request(args), { correlationId: context.correlationId, signal });
    const { data, notices } = operation.answer(reply);
    const answer = { data, notices: notices.map((it) => backend.publicText(it)) };
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
