import { ApiProblem } from "../../../library/api-problem.ts";

const LONGEST = 2_000;

/** Whether endpoints without TLS are taken, as on a laptop. */
export interface TargetRules {
  readonly dangerouslyAllowHttp: boolean;
}

/** The address of an endpoint as it is kept; throws `ApiProblem` 422 for one that is not https or holds a credential. Which address its name has is judged at each delivery. */
export function targetUrl(text: string, { dangerouslyAllowHttp }: TargetRules): string {
  const url = text.length <= LONGEST ? URL.parse(text) : null;
  if (url === null) throw refused("must be a URL");
  if (url.protocol !== "https:" && !(dangerouslyAllowHttp && url.protocol === "http:")) throw refused("must be https");
  if (url.username !== "" || url.password !== "") throw refused("must not hold a credential");
  url.hash = "";
  return url.href;
}

function refused(detail: string): ApiProblem {
  return new ApiProblem("invalid", "the address of the endpoint is not accepted", {
    errors: [{ pointer: "/url", detail }],
  });
}
