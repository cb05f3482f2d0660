/** The gateway's own tool, which finds tools by meaning; every AgentCore gateway with semantic search offers it. */
export const SEARCH_TOOL = "x_amz_bedrock_agentcore_search";

/** What an AgentCore gateway puts between the name of a target and the name of its tool. */
const SEPARATOR = "___";

/** A tool as an AgentCore gateway names it: `<target>___<tool>`. */
export function gatewayToolName(target: string, tool: string): string {
  return `${target}${SEPARATOR}${tool}`;
}

/** The target and the tool of a name that an AgentCore gateway gave, or `undefined` for a name without a target. */
export function partsOfToolName(name: string): { readonly target: string; readonly tool: string } | undefined {
  const end = name.indexOf(SEPARATOR);
  return end <= 0 ? undefined : { target: name.slice(0, end), tool: name.slice(end + SEPARATOR.length) };
}
