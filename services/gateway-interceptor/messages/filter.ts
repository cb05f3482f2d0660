import { SEARCH_TOOL } from "../../../contracts/tool-names.ts";
import { type Viewer, visible } from "../catalogue.ts";
import type { InterceptorCatalogue } from "../../../contracts/interceptor-catalogue.ts";
import { isRecord } from "../../../contracts/json.ts";

const LISTS = {
  "tools/list": "tools",
  "prompts/list": "prompts",
  "resources/list": "resources",
  "resources/templates/list": "resourceTemplates",
} as const;

/** What is shown of an answer. */
export interface Filtered {
  readonly body: unknown;
  /** How many the answer holds of what was asked for, where it is a list. */
  readonly records?: number;
}

/** Takes out of a list what the caller may not use, and leaves every other answer as it is. */
export function filtered(
  method: string,
  resource: string | undefined,
  body: unknown,
  viewer: Viewer,
  catalogue: InterceptorCatalogue,
): Filtered {
  if (!isRecord(body) || !isRecord(body["result"])) return { body };
  const { result } = body;
  if (method === "tools/call" && resource === SEARCH_TOOL) return searchAnswer(body, result, viewer, catalogue);
  if (method === "tools/call") return { body, ...countOf(result["structuredContent"]) };
  if (!isList(method)) return { body };
  const kind = LISTS[method];
  const entries = result[kind];
  const shown = Array.isArray(entries) ? visible(catalogue, kind, entries, viewer) : [];
  return { body: { ...body, result: { ...result, [kind]: shown } }, records: shown.length };
}

/** What tools call the list of what was asked for; other lists beside it, such as columns, describe it. */
const LISTED = ["rows", "files", "matches", "texts", "lines", "traces", "spans", "servers", "tables", "data"];

function countOf(structured: unknown): Pick<Filtered, "records"> {
  if (!isRecord(structured)) return {};
  const list = LISTED.map((it) => structured[it]).find((it) => Array.isArray(it));
  return list === undefined ? {} : { records: list.length };
}

function isList(method: string): method is keyof typeof LISTS {
  return Object.hasOwn(LISTS, method);
}

/** The search says what it found twice: as text, and as data. A search that failed found nothing, and says why. */
function searchAnswer(
  body: object,
  result: Readonly<Record<string, unknown>>,
  viewer: Viewer,
  catalogue: InterceptorCatalogue,
): Filtered {
  const { structuredContent: structured, ...rest } = result;
  if (result["isError"] === true) return { body: { ...body, result: rest } };
  const entries = isRecord(structured) && Array.isArray(structured["tools"]) ? structured["tools"] : [];
  const tools = visible(catalogue, "tools", entries, viewer);
  const content = [{ type: "text", text: JSON.stringify({ tools }) }];
  return { body: { ...body, result: { ...rest, structuredContent: { tools }, content } }, records: tools.length };
}
