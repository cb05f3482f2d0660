import { ApiProblem } from "../api-problem.ts";
import { strictXml } from "../../../libraries/service-kit/strict-xml.ts";

/** Elements by their local names, attributes after an @. */
const parse = strictXml({ attributeNamePrefix: "@", removeNSPrefix: true });

/** Reads XML of a backend as JSON. Throws an `ApiProblem`. */
export function parseXml(text: string): { readonly [element: string]: unknown } {
  try {
    return parse(text) as { readonly [element: string]: unknown };
  } catch (cause) {
    const message = "the backend's answer is not XML that is read here";
    throw new ApiProblem("ERR_ANSWER_INVALID", message, { cause });
  }
}
