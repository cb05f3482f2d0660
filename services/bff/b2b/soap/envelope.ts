import { isRecord } from "../../../../contracts/json.ts";
import { strictXml } from "../../../libraries/service-kit/strict-xml.ts";
import { ApiProblem } from "../../library/api-problem.ts";

/** The versions of SOAP that are spoken, by the namespace of the envelope: its media type, and what it calls whose fault a fault is. */
export const SOAP = {
  "http://schemas.xmlsoap.org/soap/envelope/": { mediaType: "text/xml", sender: "Client", receiver: "Server" },
  "http://www.w3.org/2003/05/soap-envelope": {
    mediaType: "application/soap+xml",
    sender: "Sender",
    receiver: "Receiver",
  },
} as const;

/** One of them. */
export type SoapVersion = keyof typeof SOAP;

/** An element: its name in its namespace, and what is in it. */
export interface XmlElement {
  readonly namespace: string;
  readonly name: string;
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
}

type Scope = Readonly<Record<string, string>>;

const parse = strictXml({ attributeNamePrefix: "@", alwaysCreateTextNode: true, trimValues: true });

/** The one element in the body of an envelope; throws `ApiProblem` for anything but that, and for a header that must be understood: none is. */
export function messageOf(text: string, version: SoapVersion): XmlElement {
  const [envelope, ...others] = childrenIn(parsed(text), {});
  if (envelope?.name !== "Envelope" || others.length > 0) throw refused("the body must be a SOAP envelope");
  if (envelope.namespace !== version) throw refused("the envelope must be of the version that content-type says");
  const [message, ...further] = bodyOf(envelope, version).children;
  if (message === undefined || further.length > 0) throw refused("the Body must have one element");
  return message;
}

function bodyOf({ children }: XmlElement, version: SoapVersion): XmlElement {
  const headers = children.filter((it) => isOf(it, "Header", version));
  const [body, ...more] = children.filter((it) => isOf(it, "Body", version));
  if (body === undefined || more.length > 0 || headers.length > 1 || children.length !== headers.length + 1)
    throw refused("an envelope must have one Body, and at most one Header beside it");
  requireNoHeeded(headers.flatMap((it) => it.children));
  return body;
}

/** WS-Security is such a header: who calls is known by the request, not by its envelope. */
function requireNoHeeded(headers: readonly XmlElement[]): void {
  const heeded = headers.find((it) => ["1", "true"].includes(it.attributes["mustUnderstand"] ?? ""));
  if (heeded !== undefined) throw refused(`no header is understood, and "${heeded.name}" must be`);
}

function isOf(element: XmlElement, name: string, version: SoapVersion): boolean {
  return element.name === name && element.namespace === version;
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new ApiProblem("bad-request", "the body must be XML without a document type, at most 64 elements deep", {
      cause,
    });
  }
}

function childrenIn(node: unknown, scope: Scope): readonly XmlElement[] {
  if (!isRecord(node)) return [];
  return Object.entries(node)
    .filter(([key]) => !key.startsWith("@") && key !== "#text")
    .flatMap(([key, value]) => [value].flat().map((it: unknown) => elementOf(key, it, scope)));
}

function elementOf(key: string, node: unknown, around: Scope): XmlElement {
  const given = isRecord(node) ? Object.entries(node).filter(([it]) => it.startsWith("@")) : [];
  const scope: Scope = { ...around, ...Object.fromEntries(given.flatMap(declared)) };
  const [prefix, name] = key.includes(":") ? (key.split(":", 2) as [string, string]) : ["", key];
  const namespace = Object.hasOwn(scope, prefix) ? (scope[prefix] ?? "") : "";
  if (prefix !== "" && namespace === "") throw refused(`the prefix "${prefix}" has no namespace`);
  const attributes = given.map(([it, value]) => [it.replace(/^@(?:.*:)?/, ""), textIn(value)] as const);
  const text = textIn(isRecord(node) ? node["#text"] : node);
  return { namespace, name, text, attributes: Object.fromEntries(attributes), children: childrenIn(node, scope) };
}

function textIn(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function declared([name, value]: readonly [string, unknown]): readonly (readonly [string, string])[] {
  const [, prefix] = /^@xmlns(?::(.+))?$/.exec(name) ?? [undefined, undefined];
  return name.startsWith("@xmlns") ? [[prefix ?? "", textIn(value)]] : [];
}

function refused(detail: string): ApiProblem {
  return new ApiProblem("bad-request", detail);
}

/** An answer in an envelope; `content` is XML already. */
export function envelopeOf(version: SoapVersion, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="${version}"><soap:Body>${content}</soap:Body></soap:Envelope>`;
}

/** A problem as a fault: by whom, why, and the problem's own code. */
export function faultOf(version: SoapVersion, { code, message, status }: ApiProblem): string {
  const { sender, receiver } = SOAP[version];
  const whose = status < 500 ? sender : receiver;
  const detail = `<Problem xmlns="urn:alicerce:problem"><Code>${escaped(code)}</Code><Status>${status}</Status></Problem>`;
  return whose === "Client" || whose === "Server"
    ? `<soap:Fault><faultcode>soap:${whose}</faultcode><faultstring>${escaped(message)}</faultstring><detail>${detail}</detail></soap:Fault>`
    : `<soap:Fault><soap:Code><soap:Value>soap:${whose}</soap:Value></soap:Code><soap:Reason><soap:Text xml:lang="en">${escaped(message)}</soap:Text></soap:Reason><soap:Detail>${detail}</soap:Detail></soap:Fault>`;
}

/** A text as XML 1.0 takes it, without what it takes in no form. */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
