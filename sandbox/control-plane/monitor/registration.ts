import type resource from "@pulumi/pulumi/proto/resource_pb.js";
import { type Values, fromStruct } from "../wire.ts";

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
  };
}

function withoutNulls(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
