import type { Property, Resource, SpecDatabase } from "@aws-cdk/service-spec-types";
import type { PropertySpec, ResourceSpec, TypeSpec } from "../spec.ts";
import { ANY_CASE, IN_PLACE, MORE_VALUES, SERVICES, TYPES } from "./cloudformation-names.ts";
import type { DocumentedProperty } from "./declarations.ts";
import type { Enrichment } from "./package-specs.ts";

/** Adds what CloudFormation's schemas say beyond the SDK: allowed values, integers, and properties whose change replaces a resource. */
export function cloudFormation(db: SpecDatabase): Enrichment {
  const types = new Map<string, Resource>();
  for (const resource of db.all("resource")) {
    types.set(resource.cloudFormationType.toLowerCase(), resource);
  }
  return (resource, documented) => {
    const counterpart = counterpartOf(resource, types);
    const inputs = Object.entries(resource.inputs).map(([name, input]) => {
      const documentation = documented.get(name)?.documentation ?? "";
      const known = counterpart === undefined ? undefined : propertyOf(counterpart, name);
      return [name, enriched(`${resource.token}.${name}`, input, known, documentation, documented)] as const;
    });
    return { ...resource, inputs: Object.fromEntries(inputs), ...(counterpart && namingOf(resource, counterpart)) };
  };
}

/** What CloudFormation says of how a type's resources are named and told apart. */
function namingOf(
  { inputs }: ResourceSpec,
  counterpart: Resource,
): Pick<ResourceSpec, "cloudFormationType" | "arnTemplate" | "identity"> {
  const { cloudFormationType, arnTemplate, primaryIdentifier = [] } = counterpart;
  const identity = primaryIdentifier.flatMap((path) => {
    const property = counterpart.properties[path];
    return Object.keys(inputs).filter((name) => property !== undefined && propertyOf(counterpart, name) === property);
  });
  const isWhole = identity.length > 0 && identity.length === primaryIdentifier.length;
  return {
    cloudFormationType,
    ...(arnTemplate === undefined ? {} : { arnTemplate }),
    ...(isWhole ? { identity } : {}),
  };
}

function counterpartOf({ token, inputs }: ResourceSpec, types: ReadonlyMap<string, Resource>): Resource | undefined {
  const named = TYPES[token];
  if (named !== undefined) return named === "" ? undefined : sureType(named, types);
  const [, module = "", name = ""] = token.split(":");
  const found = servicesOf(module).map((service) => types.get(typeName(service, name)));
  return found.find((it) => it !== undefined && resemble(Object.keys(inputs), it));
}

function typeName(service: string, name: string): string {
  const within = service === "BedrockAgentCore" ? name.replace(/^Agentcore/, "") : name;
  return `aws::${service}::${within}`.toLowerCase();
}

function servicesOf(module: string): readonly string[] {
  const service = module.split("/")[0] ?? "";
  return SERVICES[service] ?? [service];
}

function sureType(name: string, types: ReadonlyMap<string, Resource>): Resource {
  const found = types.get(name.toLowerCase());
  if (found === undefined) throw new Error(`CloudFormation has no ${name}, which the resource catalogue needs`);
  return found;
}

/** Whether a CloudFormation type of the same name is the same thing: a third of the smaller one's properties must be in both. */
function resemble(inputs: readonly string[], resource: Resource): boolean {
  const ours = inputs.filter((name) => !["region", "tags", "timeouts"].includes(name));
  const theirs = Object.keys(resource.properties).filter((name) => name !== "Tags");
  const common = ours.filter((name) => propertyOf(resource, name) !== undefined).length;
  return common > 0 && common * 3 >= Math.min(ours.length, theirs.length);
}

/** What CloudFormation names after the type: `DBInstanceIdentifier` is the SDK's `identifier`. */
const OWN: ReadonlySet<string> = new Set(["identifier", "name"]);

function propertyOf(resource: Resource, name: string): Property | undefined {
  const wanted = name.toLowerCase();
  const find = (it: string) => Object.entries(resource.properties).find(([key]) => key.toLowerCase() === it)?.[1];
  return find(wanted) ?? (OWN.has(wanted) ? find(`${resource.name.toLowerCase()}${wanted}`) : undefined);
}

function enriched(
  path: string,
  input: PropertySpec,
  known: Property | undefined,
  documentation: string,
  siblings: ReadonlyMap<string, DocumentedProperty>,
): PropertySpec {
  const replaces = (known?.causesReplacement === "yes" && !IN_PLACE.has(path)) || saysReplaces(documentation);
  const type = known === undefined ? input.type : narrowed(path, input.type, known, documentation, siblings);
  return { ...input, type, ...(replaces ? { createOnly: true } : {}) };
}

/** Whether the SDK's documentation says, without a condition, that a change replaces the resource. */
function saysReplaces(documentation: string): boolean {
  return /\bchang(?:ing|es? to) this[^.`]{0,40}\bforces? (?:a )?(?:new resource|replacement|recreation)/i.test(
    documentation,
  );
}

function narrowed(
  path: string,
  type: TypeSpec,
  { type: known }: Property,
  documentation: string,
  siblings: ReadonlyMap<string, DocumentedProperty>,
): TypeSpec {
  const values = valuesOf(path, known);
  if (type === "number" && known.type === "integer") return values === undefined ? "integer" : { values };
  if (type !== "string" || known.type !== "string" || values === undefined) return type;
  return contradicts(documentation, values, siblings) ? type : { values };
}

function valuesOf(path: string, known: Property["type"]): (string | number)[] | undefined {
  if (ANY_CASE.has(path) || !("allowedValues" in known)) return undefined;
  return [...(MORE_VALUES[path] ?? []), ...known.allowedValues];
}

/** Whether the documentation names a value that the list lacks (case counts): then the provider's values are others. */
function contradicts(
  documentation: string,
  values: readonly unknown[],
  siblings: ReadonlyMap<string, unknown>,
): boolean {
  const quoted = [...documentation.matchAll(/`"?([A-Za-z0-9_.:/-]+)"?`|"([A-Z0-9_-]{2,})"/g)].map(
    ([, a, b]) => a ?? b ?? "",
  );
  return quoted.some((it) => !values.includes(it) && !siblings.has(it) && !/^(true|false|null|aws[._].*)$/.test(it));
}
