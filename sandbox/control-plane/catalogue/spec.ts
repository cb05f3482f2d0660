/** What a property accepts. Stored as JSON: a simple type is its name, a compound type an object with one key. */
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
  /** The SDK encrypts the value. */
  readonly secret?: true;
  /** A change replaces the resource, by CloudFormation's schema or by the SDK's documentation. */
  readonly createOnly?: true;
  /** What AWS demands of the value beyond its type: the name of an entry in the `limits` of the shard. */
  readonly limits?: string;
}

/** What a service demands of a value beyond its type; `min` and `max` count characters, elements or entries, or bound a number. */
export interface Limits {
  readonly min?: number;
  readonly max?: number;
  /** A regular expression for the flags `s` and `u` that all of a text must match. */
  readonly pattern?: string;
  readonly values?: readonly string[];
  /** Of each element of an array, or each value of a map. */
  readonly items?: Limits;
  /** Of each key of a map. */
  readonly keys?: Limits;
  /** The most bytes that all keys and values of a map have together, in UTF-8. */
  readonly bytes?: number;
  /** The value must not be shown. */
  readonly secret?: true;
}

/** Named properties; an `open` object may have any other property too. */
export interface ObjectSpec {
  readonly properties: Readonly<Record<string, PropertySpec>>;
  readonly open?: true;
}

/** The schema of one resource type. */
export interface ResourceSpec {
  readonly token: string;
  /** A component only groups other resources; a custom resource is created by a provider. */
  readonly kind: "custom" | "component" | "provider";
  readonly inputs: Readonly<Record<string, PropertySpec>>;
  readonly open?: true;
  readonly outputs: readonly string[];
  /** Types of the outputs that are never absent, but for those that required inputs give. */
  readonly computed: Readonly<Record<string, TypeSpec>>;
  readonly additionalSecretOutputs: readonly string[];
  /** Earlier type tokens of the resource. */
  readonly aliases: readonly string[];
  readonly cloudFormationType?: string;
  /** `arn:${Partition}:kinesis:${Region}:${Account}:stream/${StreamName}`. */
  readonly arnTemplate?: string;
  /** The inputs that make up its identity, where all of it is inputs. */
  readonly identity?: readonly string[];
}

/** The arguments of one function (data source). */
export interface FunctionSpec {
  readonly token: string;
  readonly inputs: Readonly<Record<string, PropertySpec>>;
}

/** One module of a package, with every nested type that its resources and functions use. */
export interface Shard {
  readonly resources: Readonly<Record<string, ResourceSpec>>;
  readonly functions: Readonly<Record<string, FunctionSpec>>;
  readonly types: Readonly<Record<string, ObjectSpec>>;
  /** Limits by the name of the source that states them. */
  readonly limits: Readonly<Record<string, Limits>>;
}

/** The files of a generated folder with their sizes in bytes and hashes, by which a damaged file is found. */
export interface Manifest {
  readonly package: string;
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

/** One thing that is wrong with the inputs of a resource or function, as the engine reports it. */
export interface CheckFailure {
  /** Path such as `networkConfiguration.networkModeConfig.subnets[0]`. */
  readonly property: string;
  /** Such as `missing required property` or `must be a boolean, not a string`. */
  readonly reason: string;
}

/** Token under which the schema of all custom Kubernetes resources is stored; no program sends it. */
export const CUSTOM_RESOURCE = "kubernetes:apiextensions.k8s.io:CustomResource";

/** The file that holds the spec of a token: named after the module of its package. */
export function shardOf(token: string): string {
  const [, module = ""] = token.split(":");
  const name = token.startsWith("kubernetes:") ? module.replaceAll("/", "_") : (module.split("/")[0] ?? module);
  return `${token.startsWith("pulumi:providers:") ? "provider" : name}.json`;
}
