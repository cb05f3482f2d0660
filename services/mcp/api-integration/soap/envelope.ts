import { ApiProblem } from "../api-problem.ts";
import type { ElementShape } from "./element.ts";

const ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";

/** A SOAP 1.1 message with one element in its body, its values where the shape has them. */
export function envelopeOf(element: ElementShape, value: unknown): string {
  const body = written(element, value, "");
  return `<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="${ENVELOPE}"><s:Body>${body}</s:Body></s:Envelope>`;
}

/** Only names of the description become tags; what a caller gave becomes text. */
function written({ name, namespace, type }: ElementShape, value: unknown, around: string): string {
  const declaration = namespace === around ? "" : ` xmlns="${escaped(namespace)}"`;
  const content = type.kind === "simple" ? escaped(textOf(value)) : inside(type.elements, value, namespace);
  return `<${name}${declaration}>${content}</${name}>`;
}

function inside(elements: readonly ElementShape[], value: unknown, around: string): string {
  const given = (typeof value === "object" && value !== null ? value : {}) as { readonly [name: string]: unknown };
  return elements
    .flatMap((it) => {
      const found = Object.hasOwn(given, it.name) ? given[it.name] : undefined;
      const values: readonly unknown[] = found === undefined ? [] : Array.isArray(found) ? found : [found];
      return values.map((each) => written(it, each, around));
    })
    .join("");
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function escaped(text: string): string {
  // XML 1.0 cannot say these at all, not even escaped.
  if (/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text))
    throw new ApiProblem("ERR_ARGUMENT_INVALID", "an argument has characters that XML cannot hold");
  return text.replace(/[<>&"\r]/g, (it) => `&#${it.charCodeAt(0)};`);
}
