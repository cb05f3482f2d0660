import { MCP_REQUEST_HEADERS, MCP_RESPONSE_HEADERS } from "../../contracts/headers.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import { isMcpRuntime } from "../facts/workloads.ts";

const ALLOWED = {
  // A trace may carry a state of its tracing systems beside `traceparent` (W3C Trace Context, 3.3).
  request: new Set([...MCP_REQUEST_HEADERS, "tracestate"].map((it) => it.toLowerCase())),
  response: new Set(MCP_RESPONSE_HEADERS.map((it) => it.toLowerCase())),
};

export const serversHearOnlyKnownHeaders = rule({
  premise: 5,
  id: "servers-hear-only-known-headers",
  severity: "critical",
  description:
    "An MCP server receives only the headers that the interceptor writes, the trace and the session: any other would be set by the caller, or hold the caller's token.",
  remediation: "Allow-list only what contracts/headers.ts names, and no query parameters.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoAccessRestriction, CONTROL.gdprByDesign],
  subjects: {
    types: [TYPE.gatewayTarget, TYPE.runtime],
    where: (it) => (it.type === TYPE.runtime ? isMcpRuntime(it) : it.has("targetConfiguration.mcp.mcpServer")),
  },
  judge: [
    (it) =>
      it.type === TYPE.runtime
        ? beyond(it, "requestHeaderConfiguration.requestHeaderAllowlists", "request")
        : beyond(it, "metadataConfiguration.allowedRequestHeaders", "request"),
    (it) => beyond(it, "metadataConfiguration.allowedResponseHeaders", "response"),
    (it) =>
      it.list("metadataConfiguration.allowedQueryParameters").length === 0
        ? undefined
        : `"${it.name}" must let no query parameter through.`,
  ],
});

function beyond(it: ResourceView, path: string, side: keyof typeof ALLOWED): string | undefined {
  const others = it.texts(path).filter((header) => !ALLOWED[side].has(header.toLowerCase()));
  return others.length === 0
    ? undefined
    : `"${it.name}" must not let the ${side} header ${others.map((header) => `"${header}"`).join(", ")} through.`;
}
