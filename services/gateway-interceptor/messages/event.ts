import { isRecord } from "../../../contracts/json.ts";

/** A request as the gateway shows it to an interceptor. */
export interface GatewayRequest {
  readonly path: string;
  readonly httpMethod: string;
  readonly headers: HeaderFields;
  /** Parsed for MCP, base64 for HTTP. */
  readonly body: unknown;
}

/** Header fields in whatever case they came; with `passRequestHeaders` off there are none. */
export interface HeaderFields {
  readonly [name: string]: unknown;
}

/** What the target answered, or the interceptor in its place. */
export interface GatewayResponse {
  readonly statusCode: number;
  readonly headers: HeaderFields | undefined;
  readonly body: unknown;
  readonly isStreaming: boolean;
}

/** One invocation, told apart by what the gateway sent. */
export type InterceptorEvent =
  | { readonly kind: "mcp-request"; readonly request: GatewayRequest; readonly rawBody: string | undefined }
  | {
      readonly kind: "mcp-response";
      readonly request: GatewayRequest;
      readonly rawBody: string | undefined;
      readonly response: GatewayResponse;
    }
  | { readonly kind: "http-request"; readonly request: GatewayRequest }
  | { readonly kind: "http-response" }
  | { readonly kind: "unknown" };

type Fields = Readonly<Record<string, unknown>>;

/** Reads an event; nothing about its shape is taken for granted. */
export function readEvent(event: unknown): InterceptorEvent {
  if (!isRecord(event)) return { kind: "unknown" };
  const { mcp, http } = event;
  if (isRecord(mcp)) return mcpEvent(mcp);
  if (!isRecord(http)) return { kind: "unknown" };
  return isRecord(http["gatewayResponse"])
    ? { kind: "http-response" }
    : { kind: "http-request", request: requestOf(http["gatewayRequest"]) };
}

function mcpEvent({ rawGatewayRequest, gatewayRequest, gatewayResponse }: Fields): InterceptorEvent {
  const raw = isRecord(rawGatewayRequest) ? rawGatewayRequest["body"] : undefined;
  const request = requestOf(gatewayRequest);
  const rawBody = typeof raw === "string" ? raw : undefined;
  if (!isRecord(gatewayResponse)) return { kind: "mcp-request", request, rawBody };
  return { kind: "mcp-response", request, rawBody, response: responseOf(gatewayResponse) };
}

function requestOf(value: unknown): GatewayRequest {
  const { path, httpMethod, headers, body } = isRecord(value) ? value : {};
  return {
    path: typeof path === "string" ? path : "",
    httpMethod: typeof httpMethod === "string" ? httpMethod : "",
    headers: isRecord(headers) ? headers : {},
    body,
  };
}

/** Whether a value is a status of HTTP (RFC 9110, section 15). */
function isStatus(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 100 && value <= 599;
}

function responseOf({ statusCode, headers, body, isStreamingResponse }: Fields): GatewayResponse {
  return {
    statusCode: isStatus(statusCode) ? statusCode : 502,
    headers: isRecord(headers) ? headers : undefined,
    body,
    isStreaming: isStreamingResponse === true,
  };
}

/** Every value of a header, in whatever case its name came. */
export function headerValues(headers: HeaderFields, name: string): readonly unknown[] {
  const values: unknown[] = [];
  for (const key of Object.keys(headers)) {
    if (key.length === name.length && key.toLowerCase() === name) values.push(headers[key]);
  }
  return values;
}

/** The value of a header that came exactly once, as text. */
export function headerOf(headers: HeaderFields, name: string): string | undefined {
  const [value, ...more] = headerValues(headers, name);
  return typeof value === "string" && more.length === 0 ? value : undefined;
}
