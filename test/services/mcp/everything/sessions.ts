import {
  WebStandardStreamableHTTPServerTransport,
  type LegacyHttpHandler,
  type McpServer,
} from "@modelcontextprotocol/server";

/** Serves the 2025 revisions with sessions, which the suite needs to be asked back, to log and to subscribe. */
export function sessions(build: () => McpServer): LegacyHttpHandler {
  const open = new Map<string, WebStandardStreamableHTTPServerTransport>();
  return async (request, options) => {
    const id = request.headers.get("mcp-session-id");
    const known = id === null ? undefined : open.get(id);
    if (known !== undefined) return known.handleRequest(request, options);
    if (id !== null)
      return Response.json(
        { jsonrpc: "2.0", id: null, error: { code: -32001, message: "no session" } },
        { status: 404 },
      );
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => crypto.randomUUID(),
      onsessioninitialized: (session) => void open.set(session, transport),
      onsessionclosed: (session) => void open.delete(session),
    });
    const server = build();
    server.server.setRequestHandler("resources/subscribe", () => ({}));
    server.server.setRequestHandler("resources/unsubscribe", () => ({}));
    await server.connect(transport);
    return transport.handleRequest(request, options);
  };
}
