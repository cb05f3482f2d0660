import { JsonFault, parseStrictJson } from "../../../libraries/service-kit/strict-json.ts";
import type { Reply } from "../api.ts";
import { ApiProblem } from "../api-problem.ts";
import { parseXml } from "../xml/parse-xml.ts";

/** The data in an answer: JSON, XML as JSON, text as it is, nothing as null. Throws an `ApiProblem` for anything else. */
export function dataOf({ mediaType, text }: Reply): unknown {
  if (text.trim() === "") return null;
  if (/^application\/(?:[\w.-]+\+)?json$/.test(mediaType)) return parseJson(text);
  if (/^(?:application|text)\/(?:[\w.-]+\+)?xml$/.test(mediaType)) return parseXml(text);
  if (mediaType.startsWith("text/")) return text;
  const reason = `media type "${mediaType}"`;
  throw new ApiProblem("ERR_ANSWER_UNREADABLE", "the backend's answer is neither JSON, XML nor text", { reason });
}

function parseJson(text: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    // Its cause would carry a piece of the answer into the log.
    throw new ApiProblem("ERR_ANSWER_INVALID", `the backend's answer cannot be read: ${error.message}`);
  }
}
