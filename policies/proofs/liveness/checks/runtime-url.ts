import type { ResourceView } from "../../../engine/resource-view.ts";

/** Where the URL of a target that is an MCP server is. */
const URL_PATH = "targetConfiguration.mcp.mcpServer.endpoint";

/** The runtime and the endpoint that the URL of a target names. */
export interface RuntimeUrl {
  readonly arn: string;
  readonly qualifier: string;
}

/** The runtime that a target calls, by the API of its own region; `undefined` for a server that is no runtime. */
export function runtimeUrl(target: ResourceView): RuntimeUrl | undefined {
  const text = target.text(URL_PATH);
  const url = text === undefined || !URL.canParse(text) ? undefined : new URL(text);
  const encoded = url && /^\/runtimes\/([^/]+)\/invocations$/.exec(url.pathname)?.[1];
  if (!url?.hostname.startsWith("bedrock-agentcore.") || encoded === undefined) return undefined;
  return { arn: decodeURIComponent(encoded), qualifier: url.searchParams.get("qualifier") ?? "DEFAULT" };
}

/** Whether a target names an MCP server by its URL. */
export function isServer(target: ResourceView): boolean {
  return target.has(URL_PATH);
}
