import { ApiProblem } from "../../library/api-problem.ts";

/** The refusal of a credential that proves no partner: `reason` is for the log, since an answer that tells helps to guess. */
export function unproven(reason: string, cause?: unknown): ApiProblem {
  return new ApiProblem("unauthenticated", "the credential is not valid here", {
    headers: { "www-authenticate": 'Bearer realm="partners"' },
    cause: new Error(reason, { cause }),
  });
}

/** The refusal of a request without a credential. */
export function withoutCredential(): ApiProblem {
  return new ApiProblem("unauthenticated", "an API key, an access token or a client certificate is required", {
    headers: { "www-authenticate": 'Bearer realm="partners"' },
  });
}
