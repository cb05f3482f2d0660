import type { IncomingHttpHeaders } from "node:http";
import { traceOf } from "../../../../services/libraries/service-kit/trace.ts";
import { GatewayProblem } from "../gateway-problem.ts";

/** Header fields by their names in lower case. */
export interface Headers {
  readonly [name: string]: string;
}

const MOST_ALLOWED = 10;
const VALUE_BYTES = 4_096;
const NAME = /^[a-z0-9_-]{1,100}$/;
const VALUE = /^[\x20-\x7e]*$/;

/** What a target may not be sent or send back, whoever lists it. */
const FORBIDDEN =
  /^(?:authorization|proxy-.*|cookie|set-cookie|host|user-agent|referer|origin|from|forwarded|x-forwarded-.*|x-real-ip|x-requested-with|x-csrf-token|content-.*|accept|accept-.*|cache-control|pragma|expires|etag|if-.*|vary|age|access-control-.*|sec-.*|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|x-amz-.*|x-amzn-(?!bedrock-agentcore-runtime-custom-).*)$/;

/** A list of headers that may pass, in lower case; throws `TypeError` for one that AgentCore would not let be created. */
export function allowList(names: readonly string[]): ReadonlySet<string> {
  if (names.length > MOST_ALLOWED)
    throw new TypeError(`${names.length} headers are allowed, at most ${MOST_ALLOWED} can be`);
  return new Set(
    names.map((it) => {
      const name = it.toLowerCase();
      if (NAME.test(name) && !FORBIDDEN.test(name)) return name;
      throw new TypeError(`header "${it}" cannot be allowed`);
    }),
  );
}

/**
 * What a target may be shown, as far as its own list allows it: the client's headers, and over them the interceptor's.
 * An interceptor's `Authorization` would take the place of the gateway's signature, so it is a fault here.
 */
export function candidateHeaders(client: IncomingHttpHeaders, interceptors: Headers): Headers {
  const candidates: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(client)) {
    if (typeof value === "string" && isCarried(value)) candidates[name] = value;
  }
  for (const [it, value] of Object.entries(interceptors)) {
    const name = it.toLowerCase();
    if (name === "authorization" || !NAME.test(name) || !isCarried(value))
      throw new GatewayProblem("ERR_INTERCEPTOR", `the interceptor's header "${name}" cannot be sent`);
    candidates[name] = value;
  }
  return candidates;
}

function isCarried(value: string): boolean {
  return value.length <= VALUE_BYTES && VALUE.test(value);
}

/** Those of `headers` that are on the list, with the trace, and the parameters that the protocol repeats in headers. */
export function sentHeaders(headers: Headers, allowed: ReadonlySet<string>): { [name: string]: string } {
  const sent = only(headers, (name) => allowed.has(name) || name.startsWith("mcp-param-"));
  const trace = traceOf(headers["traceparent"]);
  return trace === undefined ? sent : { ...sent, traceparent: trace.traceparent };
}

/** Those headers of a target's answer that are on the list. */
export function returnedHeaders(
  headers: { readonly [name: string]: string | readonly string[] | undefined },
  allowed: ReadonlySet<string>,
): { [name: string]: string } {
  const single = Object.entries(headers).filter((it): it is [string, string] => typeof it[1] === "string");
  return only(Object.fromEntries(single), (name, value) => allowed.has(name) && isCarried(value));
}

/** What may be given to a client of the headers that an interceptor returned: what frames the answer is the gateway's. */
export function answerHeaders(headers: Headers): { [name: string]: string } {
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return only(
    lower,
    (name, value) =>
      NAME.test(name) &&
      VALUE.test(value) &&
      !/^(?:connection|keep-alive|te|trailer|transfer-encoding|upgrade|content-length|content-encoding|set-cookie|access-control-.*)$/.test(
        name,
      ),
  );
}

function only(headers: Headers, passes: (name: string, value: string) => boolean): { [name: string]: string } {
  return Object.fromEntries(Object.entries(headers).filter(([name, value]) => passes(name, value)));
}
