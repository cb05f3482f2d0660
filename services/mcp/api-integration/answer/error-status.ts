import type { Reply } from "../api.ts";
import { ApiProblem } from "../api-problem.ts";

const LONGEST_DETAIL = 1_000;

/** A backend that says no; `detail` are its own words, for a caller to see once they are free of addresses. */
export class BackendRefusal extends ApiProblem {
  readonly detail: string;

  constructor(code: "ERR_BACKEND_FAILED" | "ERR_BACKEND_REFUSED", message: string, detail = "") {
    super(code, message);
    this.detail = detail.slice(0, LONGEST_DETAIL);
  }
}

/** Throws a `BackendRefusal` for a status that is none of success; what a backend says of its own failure stays there. */
export function refuseErrorStatus({ status, text, mediaType }: Reply): void {
  if (status >= 200 && status < 300) return;
  const message = `the backend answered ${status}`;
  if (status < 400 || status >= 500) throw new BackendRefusal("ERR_BACKEND_FAILED", message);
  throw new BackendRefusal("ERR_BACKEND_REFUSED", message, /json|^text\/plain$/.test(mediaType) ? text : "");
}
