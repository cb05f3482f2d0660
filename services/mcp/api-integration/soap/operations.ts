import type { Answer, BackendRequest, Operation, Reply } from "../api.ts";
import { ApiProblem } from "../api-problem.ts";
import { BackendRefusal, refuseErrorStatus } from "../answer/error-status.ts";
import { parseXml } from "../xml/parse-xml.ts";
import { schemaOfType, typedValue } from "./element.ts";
import { envelopeOf } from "./envelope.ts";
import { readWsdl, type SoapOperation } from "./wsdl.ts";

/** The wanted operations of a WSDL document; which of them only read, the document cannot say. Throws a `DescriptionError`. */
export function soapOperations(
  api: string,
  wsdl: string,
  wanted: ReadonlyMap<string, { readonly isRead: boolean }>,
): readonly Operation[] {
  const operations = readWsdl(api, wsdl, new Set(wanted.keys()));
  return operations.map((it) => operationOf(it, wanted.get(it.name)?.isRead === true));
}

function operationOf(operation: SoapOperation, isRead: boolean): Operation {
  const { name, description, action, input, output } = operation;
  return {
    id: name,
    title: name,
    description: description ?? `SOAP operation ${name}`,
    isRead,
    input: schemaOfType(input.type),
    ...(output !== undefined && { output: schemaOfType(output.type) }),
    request: (args): BackendRequest => ({
      method: "POST",
      path: "",
      query: [],
      headers: { accept: "text/xml", "content-type": "text/xml; charset=utf-8", soapaction: `"${action}"` },
      body: envelopeOf(input, args),
      isIdempotent: isRead,
      isOutage: ({ status, text }) => status >= 500 && !CLIENT_FAULT.test(text),
    }),
    answer: (reply) => soapAnswer(operation, reply),
  };
}

/** SOAP 1.1 answers 500 even where the request is to blame. */
const CLIENT_FAULT = /<(?:[\w.-]+:)?faultcode[^>]*>\s*(?:[\w.-]+:)?Client\b/;

interface Body {
  readonly [element: string]: unknown;
}

function soapAnswer({ output }: SoapOperation, reply: Reply): Answer {
  const isXml = reply.mediaType.endsWith("xml");
  if (!isXml) refuseErrorStatus(reply);
  const { Envelope: envelope } = parseXml(reply.text) as { readonly Envelope?: { readonly Body?: Body } };
  const body = envelope?.Body;
  if (body === undefined) throw new ApiProblem("ERR_ANSWER_INVALID", "the backend's answer is not one of SOAP 1.1");
  if (body["Fault"] !== undefined) throw faultOf(body["Fault"]);
  refuseErrorStatus(reply);
  if (output === undefined) return { data: body, notices: [] };
  return { data: typedValue(output.type, body[output.name]), notices: [] };
}

function faultOf(fault: unknown): BackendRefusal {
  const { faultcode, faultstring } = (typeof fault === "object" && fault !== null ? fault : {}) as Body;
  const isCallers = typeof faultcode === "string" && /(?:^|:)Client\b/.test(faultcode);
  if (!isCallers) return new BackendRefusal("ERR_BACKEND_FAILED", "the backend answered with a fault of its own");
  const detail = typeof faultstring === "string" ? faultstring : "";
  return new BackendRefusal("ERR_BACKEND_REFUSED", "the backend refused the request", detail);
}
