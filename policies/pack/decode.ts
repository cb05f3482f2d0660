import type { Struct, Value } from "google-protobuf/google/protobuf/struct_pb.js";
import type { AnalyzeRequest, AnalyzerResource } from "@pulumi/pulumi/proto/analyzer_pb.js";
import { decodeObject, decodeText } from "../../plan/loaders/wire-values.ts";
import { type PlannedResource, UNKNOWN } from "../../plan/model.ts";

/** A resource as the engine announces it before its creation; the engine does not say there which resources its inputs came from. */
export function announced(request: AnalyzeRequest): PlannedResource {
  const parent = request.getOptions()?.getParent() ?? "";
  const provider = request.getProvider();
  return {
    ...identity(request),
    inputs: decodeStruct(request.getProperties()),
    ...(parent !== "" && { parent }),
    ...(provider !== undefined && { provider: provider.getUrn() }),
    dependencies: [],
  };
}

/** The provider that the engine sends with a resource; it may never be announced by itself. */
export function announcedProvider(request: AnalyzeRequest): PlannedResource | undefined {
  const provider = request.getProvider();
  if (provider === undefined) return undefined;
  return { ...identity(provider), inputs: decodeStruct(provider.getProperties()), dependencies: [] };
}

/** A resource of the whole stack, with its outputs and the resources that each input came from. */
export function registered(resource: AnalyzerResource): PlannedResource {
  const provider = resource.getProvider();
  const inputs = decodeStruct(resource.getProperties());
  const { custom, ...named } = identity(resource);
  return {
    ...named,
    custom,
    inputs,
    // The engine keeps the id of a resource to itself.
    outputs: custom ? { id: UNKNOWN, ...inputs } : inputs,
    ...(resource.getParent() !== "" && { parent: resource.getParent() }),
    ...(provider !== undefined && { provider: provider.getUrn() }),
    dependencies: resource.getDependenciesList(),
    propertyDependencies: Object.fromEntries(
      resource
        .getPropertydependenciesMap()
        .toArray()
        .map(([input]) => [input, resource.getPropertydependenciesMap().get(input)?.getUrnsList() ?? []]),
    ),
  };
}

interface Identified {
  getUrn(): string;
  getType(): string;
  getName(): string;
  getProvider?(): unknown;
}

function identity(it: Identified): Pick<PlannedResource, "urn" | "type" | "name" | "custom"> {
  const type = it.getType();
  return {
    urn: it.getUrn(),
    type,
    name: it.getName(),
    custom: type.startsWith("pulumi:providers:") || hasProvider(it),
  };
}

/** Only custom resources have a provider. */
function hasProvider(it: Identified): boolean {
  return it.getProvider?.() !== undefined;
}

function decodeStruct(struct: Struct | undefined): Readonly<Record<string, unknown>> {
  return struct === undefined ? {} : members(struct);
}

function members(struct: Struct): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  struct.getFieldsMap().forEach((value, key) => {
    fields[key] = decode(value);
  });
  return fields;
}

function decode(value: Value): unknown {
  if (value.hasStringValue()) return decodeText(value.getStringValue());
  if (value.hasBoolValue()) return value.getBoolValue();
  if (value.hasNumberValue()) return value.getNumberValue();
  if (value.hasListValue()) return (value.getListValue()?.getValuesList() ?? []).map(decode);
  const struct = value.getStructValue();
  return struct === undefined ? null : decodeObject(members(struct));
}
