import type resource from "@pulumi/pulumi/proto/resource_pb.js";
import { UNKNOWN, type PlannedResource, type Source } from "../../../plan/model.ts";
import { urnOfProvider } from "../../../plan/urn.ts";
import { type Values, decode, fromStruct } from "../wire.ts";
import { sourceOf } from "./source.ts";

/** A resource as a program registers it. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  /** URN of the parent, "" for none. */
  readonly parent: string;
  readonly custom: boolean;
  readonly inputs: Values;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** `<urn>::<id>` of the provider, "" for the default one. */
  readonly provider: string;
  readonly version: string;
  /** Outputs that the SDK wants encrypted. */
  readonly secrets: readonly string[];
  readonly source?: Source | undefined;
}

/** What a registration answers to the program; the id is "" for a component, and where it is not known. */
export interface Registered {
  readonly urn: string;
  readonly id: string;
  readonly properties: Values;
}

/** Reads a registration from its protobuf message. */
export function registrationOf(request: resource.RegisterResourceRequest): Registration {
  const propertyDependencies: Record<string, readonly string[]> = {};
  request.getPropertydependenciesMap().forEach((it, key) => {
    propertyDependencies[key] = it.getUrnsList();
  });
  return {
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    custom: request.getCustom(),
    inputs: withoutNulls(fromStruct(request.getObject())),
    dependencies: request.getDependenciesList(),
    propertyDependencies,
    provider: request.getProvider(),
    version: request.getVersion(),
    secrets: request.getAdditionalsecretoutputsList(),
    source: sourceOf(request.getStacktrace()),
  };
}

/** The registration of the provider that the engine creates for a package when a resource names none. */
export function defaultProviderOf(pkg: string, version: string, region: string): Registration {
  return {
    ...NOTHING,
    type: `pulumi:providers:${pkg}`,
    name: `default${version === "" ? "" : `_${version.replaceAll(".", "_")}`}`,
    inputs: pkg === "aws" ? { region } : {},
    version,
  };
}

/** The registration of a stack reference, whose id is the full name of the other stack. */
export function stackReferenceOf(request: resource.ReadResourceRequest, provider: string): Registration {
  return {
    ...NOTHING,
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    inputs: { name: request.getId() },
    dependencies: request.getDependenciesList(),
    provider,
  };
}

/** A registered resource in the form of the plan model. */
export function plannedResource(it: Registration, { urn, id, properties }: Registered): PlannedResource {
  return {
    urn,
    type: it.type,
    name: it.name,
    custom: it.custom,
    inputs: decode(it.inputs),
    outputs: { ...decode(properties), ...(it.custom ? { id: id === "" ? UNKNOWN : id } : {}) },
    ...(it.parent === "" ? {} : { parent: it.parent }),
    ...(it.provider === "" ? {} : { provider: urnOfProvider(it.provider) }),
    dependencies: it.dependencies,
    propertyDependencies: it.propertyDependencies,
    ...(it.source !== undefined && { source: it.source }),
  };
}

const NOTHING = {
  parent: "",
  custom: true,
  dependencies: [],
  propertyDependencies: {},
  provider: "",
  version: "",
  secrets: [],
} as const;

function withoutNulls(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
