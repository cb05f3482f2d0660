import { Problem } from "../../../libraries/service-kit/problem.ts";

interface AwsError extends Error {
  readonly $retryable?: { readonly throttling?: boolean };
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Whether AWS says that something is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && ["ResourceNotFoundException", "NoSuchKey", "NotFound"].includes(error.name);
}

/** Asks AWS; what goes wrong there is a `Problem` that tells the caller whether to try again, and the log why. */
export async function asked<Answer>(what: string, work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    const isAnswer = error instanceof Problem || isMissing(error) || !(error instanceof Error);
    if (isAnswer || error.name === "AbortError") throw error;
    throw problemOf(what, error);
  }
}

function problemOf(what: string, error: AwsError): Problem {
  const reason = `${what}: ${error.name}: ${error.message}`;
  const isBusy = error.$retryable?.throttling === true || error.$metadata?.httpStatusCode === 429;
  if (isBusy || error.name.includes("Throttl"))
    return new Problem("ERR_SOURCE_BUSY", reason, `${what} cannot be read that often; try again`, { cause: error });
  return new Problem("ERR_SOURCE_UNAVAILABLE", reason, `${what} cannot be read at the moment`, { cause: error });
}
