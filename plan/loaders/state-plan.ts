import { isRecord } from "../../contracts/json.ts";
import type { Plan, PlannedResource } from "../model.ts";
import { nameOf, stackOf, urnOfProvider } from "../urn.ts";
import { decodeObject, decodeText } from "./wire-values.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Reads the JSON that `pulumi stack export` writes; secrets are ciphertext there, so they become `UNKNOWN`. Throws `SyntaxError` or `TypeError` for anything else. */
export function planOfState(text: string): Plan {
  const exported = fieldsOf(JSON.parse(text), "a state file");
  const resources = fieldsOf(exported["deployment"], '"deployment"')["resources"] ?? [];
  if (!Array.isArray(resources)) throw new TypeError('"deployment.resources" must be a list');
  const planned = resources
    .map((it, i) => fieldsOf(it, `"deployment.resources[${i}]"`))
    .filter((it) => it["delete"] !== true)
    .map(plannedResource);
  return {
    stack: stackOf(planned[0]?.urn ?? ""),
    complete: true,
    resources: planned,
  };
}

function plannedResource(state: Fields): PlannedResource {
  const { urn, type, parent, provider } = state;
  if (typeof urn !== "string" || typeof type !== "string") throw new TypeError('a resource must have "urn" and "type"');
  const propertyDependencies = state["propertyDependencies"];
  return {
    urn,
    type,
    name: nameOf(urn),
    custom: state["custom"] === true,
    inputs: decode(state["inputs"] ?? {}) as Fields,
    outputs: decode(state["outputs"] ?? {}) as Fields,
    ...(typeof parent === "string" && { parent }),
    ...(typeof provider === "string" && provider !== "" && { provider: urnOfProvider(provider) }),
    dependencies: (state["dependencies"] ?? []) as readonly string[],
    propertyDependencies: (propertyDependencies ?? {}) as Readonly<Record<string, readonly string[]>>,
  };
}

function decode(value: unknown): unknown {
  if (typeof value === "string") return decodeText(value);
  if (Array.isArray(value)) return value.map(decode);
  if (!isRecord(value)) return value;
  return decodeObject(Object.fromEntries(Object.entries(value).map(([key, it]) => [key, decode(it)])));
}

function fieldsOf(value: unknown, what: string): Fields {
  if (!isRecord(value)) throw new TypeError(`${what} must be an object`);
  return value;
}
