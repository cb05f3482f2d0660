import { ApiProblem } from "../../../library/api-problem.ts";

const LONGEST = 2_000;

/** Which endpoints are taken. */
export interface TargetRules {
  /** Those of these hosts alone, at the port of HTTPS; without it, of every host. */
  readonly hosts?: readonly string[];
  /** Whether also without TLS, as on a laptop. */
  readonly dangerouslyAllowHttp: boolean;
}

/** The address of an endpoint as it is kept; throws `ApiProblem` 422 for one that is not https or holds a credential. Which address its name has is judged at each delivery. */
export function targetUrl(text: string, { hosts, dangerouslyAllowHttp }: TargetRules): string {
  const url = text.length <= LONGEST ? URL.parse(text) : null;
  if (url === null) throw refused("must be a URL");
  if (url.protocol !== "https:" && !(dangerouslyAllowHttp && url.protocol === "http:")) throw refused("must be https");
  if (url.username !== "" || url.password !== "") throw refused("must not hold a credential");
  // `host` names another port than that of HTTPS.
  if (hosts?.includes(url.host) === false) throw refused("must be at a host that was agreed with the tenant");
  url.hash = "";
  return url.href;
}

function refused(detail: string): ApiProblem {
  return new ApiProblem("invalid", "the address of the endpoint is not accepted", {
    errors: [{ pointer: "/url", detail }],
  });
}
