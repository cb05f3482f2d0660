import { isRecord } from "../../contracts/json.ts";
import { type Plan, type PlannedResource, UNKNOWN } from "../model.ts";
import { nameOf, stackOf, urnOfProvider } from "../urn.ts";
import { decodeObject, decodeText, SIGNATURE, SIGNED } from "./wire-values.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Reads the JSON that `pulumi stack export` writes; secrets are ciphertext there, so they become `UNKNOWN`. Throws `SyntaxError` or `TypeError` for anything else. */
export function planOfState(text: string): Plan {
  return planOfExport(JSON.parse(text));
}

/** The same of a text that is parsed already; throws `TypeError` for what is no state. */
export function planOfExport(value: unknown): Plan {
  const exported = fieldsOf(value, "a state file");
  const resources = fieldsOf(exported["deployment"], '"deployment"')["resources"] ?? [];
  if (!Array.isArray(resources)) throw new TypeError('"deployment.resources" must be a list');
  const planned = resources
    .map((it, i) => fieldsOf(it, `"deployment.resources[${i}]"`))
    .filter((it) => it["delete"] !== true)
    .map((it) => resourceOfState(it));
  return {
    stack: stackOf(planned[0]?.urn ?? ""),
    complete: true,
    resources: planned,
  };
}

/** Reads one resource of a state, or of a preview, whose texts `textOf` decodes; throws `TypeError` where it has no URN or type. */
export function resourceOfState(state: Fields, textOf: (text: string) => unknown = decodeText): PlannedResource {
  const { urn, type } = state;
  if (typeof urn !== "string" || typeof type !== "string") throw new TypeError('a resource must have "urn" and "type"');
  return {
    urn,
    type,
    name: nameOf(urn),
    custom: state["custom"] === true,
    inputs: decode(state["inputs"] ?? {}, textOf) as Fields,
    outputs: { ...(decode(state["outputs"] ?? {}, textOf) as Fields), ...idIn(state) },
    ...linksOf(state),
    ...sourceIn(state["sourcePosition"]),
  };
}

/** A state keeps the id beside the outputs; a preview may not know it yet. */
function idIn({ custom, id }: Fields): Fields {
  return custom === true ? { id: typeof id === "string" && id !== "" ? id : UNKNOWN } : {};
}

function linksOf({ parent, provider, dependencies, propertyDependencies }: Fields) {
  return {
    ...(typeof parent === "string" && { parent }),
    ...(typeof provider === "string" && provider !== "" && { provider: urnOfProvider(provider) }),
    dependencies: (dependencies ?? []) as readonly string[],
    propertyDependencies: (propertyDependencies ?? {}) as Readonly<Record<string, readonly string[]>>,
  };
}

/** The engine writes `project:///<path>#<line>,<column>`; a path that is none of the project begins otherwise. */
function sourceIn(position: unknown): Pick<PlannedResource, "source"> {
  const found = typeof position === "string" ? /^project:\/\/\/([^#]+)#(\d+)/.exec(position) : null;
  const [, file = "", line] = found ?? [];
  if (file === "" || /^\.\.|file:/.test(file)) return {};
  return { source: { file, line: Number(line) } };
}

function decode(value: unknown, textOf: (text: string) => unknown): unknown {
  if (typeof value === "string") return textOf(value);
  if (Array.isArray(value)) return value.map((it) => decode(it, textOf));
  if (!isRecord(value)) return value;
  const shown = value["plaintext"];
  if (value[SIGNATURE] === SIGNED.secret && typeof shown === "string") return decode(JSON.parse(shown), textOf);
  return decodeObject(Object.fromEntries(Object.entries(value).map(([key, it]) => [key, decode(it, textOf)])));
}

function fieldsOf(value: unknown, what: string): Fields {
  if (!isRecord(value)) throw new TypeError(`${what} must be an object`);
  return value;
}
