import { HEADER_NAME, isReservedHeader } from "../http/headers.ts";
import { type Binding, pathArguments } from "../rest/binding.ts";
import type { Parameter } from "./document.ts";
import { type Fault, PROPERTY_NAME } from "./schema.ts";

/** The serialisation that OpenAPI gives a parameter which names none; AgentCore knows no other. */
const STYLES = { path: "simple", header: "simple", query: "form", cookie: "" } as const;

/** Where a parameter goes. */
export function bindingOf({ name, in: place, explode }: Parameter): Binding {
  const isJoined = place !== "query" || explode === false;
  return { name, in: place === "cookie" ? "header" : place, wireName: name, isJoined };
}

/** What keeps parameters from being arguments of a tool. */
export function bindingFaults(id: string, path: string, parameters: readonly Parameter[], fault: Fault): void {
  const names = new Set<string>(["body"]);
  for (const parameter of parameters) {
    const where = `${id}/${parameter.name}`;
    for (const why of faultsOf(parameter)) fault(where, why);
    if (names.has(parameter.name)) fault(where, "names two arguments");
    names.add(parameter.name);
  }
  const inPath = parameters.filter((it) => it.in === "path").map(({ name }) => name);
  const inTemplate = pathArguments(path);
  for (const name of inTemplate) if (!inPath.includes(name)) fault(id, `{${name}} of its path is no parameter`);
  for (const name of inPath) if (!inTemplate.includes(name)) fault(id, `"${name}" is not in its path`);
}

function* faultsOf(parameter: Parameter): Iterable<string> {
  const { name, in: place, schema } = parameter;
  if (!PROPERTY_NAME.test(name)) yield "its name must be 1 to 64 of A-Z a-z 0-9 _ . -";
  if (place === "cookie") yield "cookies are not supported";
  if (place === "header" && (!HEADER_NAME.test(name) || isReservedHeader(name)))
    yield "is a header that only the platform sets";
  if (!isPlain(parameter)) yield "parameter serializers are not supported";
  if (!isFlat(schema)) yield "must be a text, a number, a truth value or a list of these";
}

function isPlain({ in: place, style, explode, allowReserved, content }: Parameter): boolean {
  const isUsual = (style ?? STYLES[place]) === STYLES[place] && (place === "query" || explode !== true);
  return isUsual && allowReserved !== true && content === undefined;
}

function isFlat(schema: object | undefined): boolean {
  const { type, items } = (schema ?? {}) as { readonly type?: unknown; readonly items?: object };
  const types = [type].flat();
  if (types.includes("array")) return items !== undefined && !isList(items) && isFlat(items);
  return types.every((it) => it === "string" || it === "number" || it === "integer" || it === "boolean");
}

const isList = (schema: object): boolean => "type" in schema && [schema.type].flat().includes("array");
