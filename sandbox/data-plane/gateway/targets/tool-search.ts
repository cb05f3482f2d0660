import { SEARCH_TOOL } from "../../../../contracts/tool-names.ts";
import { isRecord } from "../../../../contracts/json.ts";
import type { RpcMessage } from "./target.ts";

/** The search as `tools/list` shows it. */
export const SEARCH_DEFINITION: RpcMessage = {
  name: SEARCH_TOOL,
  description: "Finds the tools of this gateway that fit a question, for when there are too many to look at.",
  inputSchema: { type: "object", properties: { query: { type: "string" } }, required: ["query"] },
};

const MOST_FOUND = 10;

/**
 * The tools that share words with a question, best first: an honest stand-in for the real gateway's search by meaning,
 * which finds other tools, and in another order.
 */
export function searchTools(query: string, tools: readonly RpcMessage[]): readonly RpcMessage[] {
  const asked = new Set(wordsOf(query));
  return tools
    .map((tool) => ({ tool, score: scoreOf(tool, asked) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || String(a.tool["name"]).localeCompare(String(b.tool["name"])))
    .slice(0, MOST_FOUND)
    .map(({ tool }) => tool);
}

/** A word in the name says most, one in the title more than one of the description or of an argument's name. */
function scoreOf({ name, title, description, inputSchema }: RpcMessage, asked: ReadonlySet<string>): number {
  const properties = isRecord(inputSchema) && isRecord(inputSchema["properties"]) ? inputSchema["properties"] : {};
  const parts: readonly [unknown, number][] = [
    [name, 4],
    [title, 2],
    [description, 1],
    [Object.keys(properties).join(" "), 1],
  ];
  return parts.reduce((sum, [text, weight]) => sum + weight * shared(text, asked), 0);
}

function shared(text: unknown, asked: ReadonlySet<string>): number {
  return typeof text === "string" ? [...new Set(wordsOf(text))].filter((it) => asked.has(it)).length : 0;
}

/** Words of two letters and more, in lower case, without the s of a plural. */
function wordsOf(text: string): readonly string[] {
  const words =
    text
      .replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
      .toLowerCase()
      .match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  return words.map((it) => (it.length > 3 && it.endsWith("s") ? it.slice(0, -1) : it));
}
