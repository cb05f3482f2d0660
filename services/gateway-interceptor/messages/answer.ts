import { challengeHeader, refusalOf } from "../../libraries/service-kit/tokens/challenge.ts";
import { TokenError } from "../../libraries/service-kit/problem.ts";
import type { Problem, RequestErrorCode } from "../../libraries/service-kit/problem.ts";
import type { MessageId } from "./message.ts";
import { RequestProblem } from "./request-problem.ts";

/** How a refused call is answered. */
export interface Answer {
  readonly statusCode: number;
  /** Code of the JSON-RPC error. */
  readonly rpcCode: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** What an answer depends on besides the problem. */
export interface AnswerSettings {
  readonly resourceMetadataUrl: string | undefined;
  readonly firstScopes: readonly string[];
  readonly scopeAtIssuer: (scope: string) => string;
  readonly requestId: string;
}

const UNAUTHENTICATED = -32001;
const FORBIDDEN = -32003;
const EXHAUSTED = -32005;
const INTERNAL = -32603;

const ANSWERS: { readonly [Code in RequestErrorCode]: readonly [statusCode: number, rpcCode: number] } = {
  ERR_DIRECTORY_UNAVAILABLE: [503, INTERNAL],
  ERR_HEADER_MISMATCH: [400, -32020],
  ERR_HTTP_METHOD: [405, -32600],
  ERR_INTERNAL: [500, INTERNAL],
  ERR_MESSAGE_INVALID: [400, -32600],
  ERR_MESSAGE_SYNTAX: [400, -32700],
  ERR_MESSAGE_TOO_LARGE: [413, -32600],
  ERR_METHOD_UNKNOWN: [404, -32601],
  ERR_QUOTA_EXCEEDED: [429, EXHAUSTED],
  ERR_QUOTA_UNAVAILABLE: [503, INTERNAL],
  ERR_PERMISSION_MISSING: [403, FORBIDDEN],
  ERR_PERSON_REFUSED: [403, FORBIDDEN],
  ERR_SCOPE_INSUFFICIENT: [403, FORBIDDEN],
  ERR_TARGET_UNKNOWN: [400, -32602],
  ERR_TENANT_SUSPENDED: [403, FORBIDDEN],
  ERR_TENANT_UNKNOWN: [403, FORBIDDEN],
};

/** Errors of the protocol with sessions are answers like others, and its clients read 404 as the end of their session. */
const IN_BAND: readonly string[] = ["ERR_METHOD_UNKNOWN", "ERR_TARGET_UNKNOWN"];

/** Status and headers for a problem: the one place where errors become answers. */
export function answerTo(problem: Problem, isModern: boolean, settings: AnswerSettings): Answer {
  if (problem instanceof TokenError) return answerToToken(problem, settings);
  if (!(problem instanceof RequestProblem)) return { statusCode: 500, rpcCode: INTERNAL, headers: {} };
  const [statusCode, rpcCode] = ANSWERS[problem.code];
  const isInBand = !isModern && IN_BAND.includes(problem.code);
  return { statusCode: isInBand ? 200 : statusCode, rpcCode, headers: headersOf(problem, settings) };
}

function answerToToken(problem: TokenError, settings: AnswerSettings): Answer {
  const { resourceMetadataUrl } = settings;
  const { status, error } = refusalOf(problem.code);
  if (status === 503) return { statusCode: 503, rpcCode: INTERNAL, headers: { "Retry-After": "5" } };
  const scopes = settings.firstScopes.map(settings.scopeAtIssuer);
  const description = error === undefined ? {} : { error, description: problem.clientMessage };
  const challenge = challengeHeader({ resourceMetadataUrl, scopes, ...description });
  const rpcCode = status === 401 ? UNAUTHENTICATED : FORBIDDEN;
  return { statusCode: status, rpcCode, headers: { "WWW-Authenticate": challenge } };
}

function headersOf(
  problem: RequestProblem,
  { resourceMetadataUrl, scopeAtIssuer }: AnswerSettings,
): Readonly<Record<string, string>> {
  if (problem.code === "ERR_HTTP_METHOD") return { Allow: "POST" };
  if (problem.retryAfter !== undefined) return { "Retry-After": String(problem.retryAfter) };
  if (problem.code !== "ERR_SCOPE_INSUFFICIENT") return {};
  const { clientMessage: description } = problem;
  const scopes = problem.scopes.map(scopeAtIssuer);
  const error = "insufficient_scope";
  return { "WWW-Authenticate": challengeHeader({ resourceMetadataUrl, scopes, error, description }) };
}

/** An answer in place of an MCP target's. */
export function mcpRefusal(problem: Problem, answer: Answer, id: MessageId | null, requestId: string): object {
  const data = { code: problem.code, requestId };
  return {
    interceptorOutputVersion: "1.0",
    mcp: {
      transformedGatewayResponse: {
        statusCode: answer.statusCode,
        headers: { "Content-Type": "application/json", ...answer.headers },
        body: { jsonrpc: "2.0", id, error: { code: answer.rpcCode, message: problem.clientMessage, data } },
      },
    },
  };
}

/** An answer in place of an HTTP target's, as RFC 9457 has it. */
export function httpRefusal(problem: Problem, answer: Answer, requestId: string): object {
  const { statusCode } = answer;
  const details = { title: problem.clientMessage, status: statusCode, code: problem.code, requestId };
  return {
    interceptorOutputVersion: "1.0",
    http: {
      transformedGatewayResponse: {
        statusCode,
        headers: answer.headers,
        contentType: "application/problem+json",
        body: Buffer.from(JSON.stringify(details)).toString("base64"),
      },
    },
  };
}
