/** What a property accepts; it is stored as JSON, so a name stands for itself and a compound is an object of one key. */
export type TypeSpec =
  | "string"
  | "number"
  | "integer"
  | "boolean"
  | "any"
  | "asset"
  | "archive"
  /** Another resource: its id or ARN as text, or the reference that the SDK puts on the wire for it. */
  | "resource"
  | { readonly values: readonly (string | number | boolean)[] }
  | { readonly array: TypeSpec }
  | { readonly map: TypeSpec }
  /** Name of a nested type of the same shard. */
  | { readonly ref: string }
  | { readonly union: readonly TypeSpec[] };

/** One property of a resource, a function or a nested type. */
export interface PropertySpec {
  readonly type: TypeSpec;
  readonly required?: true;
  /** The SDK encrypts what is given. */
  readonly secret?: true;
  /** A change replaces the resource, says CloudFormation or the SDK's own documentation. */
  readonly createOnly?: true;
}

/** Named properties; `open` ones may have any other property too. */
export interface ObjectSpec {
  readonly properties: Readonly<Record<string, PropertySpec>>;
  readonly open?: true;
}

/** What can be said about one resource type. */
export interface ResourceSpec {
  readonly token: string;
  /** Component resources only group others; providers configure; the rest is made by a provider. */
  readonly kind: "custom" | "component" | "provider";
  readonly inputs: Readonly<Record<string, PropertySpec>>;
  readonly open?: true;
  readonly outputs: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  /** Type tokens that the resource had before. */
  readonly aliases: readonly string[];
  readonly cloudFormationType?: string;
}

/** What can be asked of one function (data source). */
export interface FunctionSpec {
  readonly token: string;
  readonly inputs: Readonly<Record<string, PropertySpec>>;
}

/** One module of a package, with every nested type that its resources and functions reach. */
export interface Shard {
  readonly resources: Readonly<Record<string, ResourceSpec>>;
  readonly functions: Readonly<Record<string, FunctionSpec>>;
  readonly types: Readonly<Record<string, ObjectSpec>>;
}

/** What a generated folder holds: each file with its size and hash, so that a damaged one is noticed. */
export interface Manifest {
  readonly package: string;
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

/** One thing that is wrong with what was asked for. */
export interface CheckFailure {
  /** Path such as `networkConfiguration.networkModeConfig.subnets[0]`. */
  readonly property: string;
  /** Such as `missing required property` or `must be a boolean, not a string`. */
  readonly reason: string;
}

/** Token under which the Kubernetes package's open custom resource is stored; no program ever sends it. */
export const CUSTOM_RESOURCE = "kubernetes:apiextensions.k8s.io:CustomResource";

/** File in which a token's spec is kept: its package's module, as a file name. */
export function shardOf(token: string): string {
  const [, module = ""] = token.split(":");
  const name = token.startsWith("kubernetes:") ? module.replaceAll("/", "_") : (module.split("/")[0] ?? module);
  return `${token.startsWith("pulumi:providers:") ? "provider" : name}.json`;
}
