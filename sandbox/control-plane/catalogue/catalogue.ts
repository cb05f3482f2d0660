import path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureFolders } from "./cache.ts";
import { checkObject, type Vocabulary } from "./check.ts";
import { nearestTokens } from "./nearest-tokens.ts";
import { isPackageName } from "./packages.ts";
import { checkConfig } from "./provider-config.ts";
import { Shards } from "./shards.ts";
import { CUSTOM_RESOURCE, type CheckFailure, type FunctionSpec, type ObjectSpec, type ResourceSpec } from "./spec.ts";

export type { CheckFailure, FunctionSpec, PropertySpec, ResourceSpec, TypeSpec } from "./spec.ts";

/** The resource catalogue: the types that the installed SDK packages declare. What they do not declare is a failure. */
export interface Catalogue {
  /** The schema of a resource type, or `undefined`; a type of a group that is not one of Kubernetes' own counts as a custom resource. */
  resource(token: string): ResourceSpec | undefined;
  /** A nested type that the schema of a resource type names; throws for any other. */
  nested(token: string, ref: string): ObjectSpec;
  /** The schema of a function (data source), or `undefined`. */
  invocation(token: string): FunctionSpec | undefined;
  /** What is wrong with the inputs of a resource; `UNKNOWN` is valid for every property, `undefined` and `null` count as absent. */
  checkInputs(token: string, inputs: Readonly<Record<string, unknown>>): readonly CheckFailure[];
  /** What is wrong with the arguments of a function. */
  checkInvocation(token: string, args: Readonly<Record<string, unknown>>): readonly CheckFailure[];
  /** What is wrong with a provider's configuration, whose nested values may be JSON text. */
  checkProviderConfig(packageName: string, config: Readonly<Record<string, unknown>>): readonly CheckFailure[];
  /** Up to three tokens that are spelled like the given one. */
  similar(token: string): readonly string[];
}

/** The token of a custom Kubernetes resource: a group with a dot, a version and a kind. */
const CUSTOM_TOKEN = /^kubernetes:[^:/]+\.[^:/]+\/[^:/]+:[^:/]+$/;

/** In the checkout, whatever `ALICERCE_HOME` says: it belongs to the installed packages. */
const DIRECTORY = fileURLToPath(new URL("../../../.alicerce/cache/catalogue", import.meta.url));

/** What the system says of a folder that cannot be written; Node.js says ENOENT where a new folder meets a read-only disk. */
const UNWRITABLE: readonly unknown[] = ["EACCES", "EPERM", "EROFS", "ENOENT"];

/**
 * Opens the resource catalogue of the installed SDK packages; generates what is missing of it first, in about 20 seconds: in
 * `ALICERCE_HOME` where the checkout cannot be written.
 */
export async function ensureCatalogue(
  options: { readonly directory?: string; readonly onProgress?: (message: string) => void } = {},
): Promise<Catalogue> {
  const { directory = DIRECTORY, onProgress = () => undefined } = options;
  const home = process.env["ALICERCE_HOME"] ?? "";
  const folders = await ensureFolders(directory, onProgress).catch((error: unknown) => {
    if (home === "" || !UNWRITABLE.includes((error as NodeJS.ErrnoException).code)) throw error;
    return ensureFolders(path.resolve(home, "cache", "catalogue"), onProgress);
  });
  return new OpenCatalogue(new Shards(folders));
}

class OpenCatalogue implements Catalogue {
  readonly #shards: Shards;

  constructor(shards: Shards) {
    this.#shards = shards;
  }

  resource(token: string): ResourceSpec | undefined {
    return own(this.#shards.holding(token)?.resources, token) ?? this.#customResource(token);
  }

  nested(token: string, ref: string): ObjectSpec {
    const found = own(this.#vocabulary(token).types, ref);
    if (found === undefined) throw new Error(`the resource catalogue does not hold ${ref}, which ${token} names`);
    return found;
  }

  invocation(token: string): FunctionSpec | undefined {
    return own(this.#shards.holding(token)?.functions, token);
  }

  checkInputs(token: string, inputs: Readonly<Record<string, unknown>>): readonly CheckFailure[] {
    const spec = this.resource(token);
    return spec === undefined
      ? this.#unknown(token, "resource type")
      : checkObject(inputs, objectOf(spec), this.#vocabulary(token));
  }

  checkInvocation(token: string, args: Readonly<Record<string, unknown>>): readonly CheckFailure[] {
    const spec = this.invocation(token);
    return spec === undefined
      ? this.#unknown(token, "function")
      : checkObject(args, objectOf(spec), this.#vocabulary(token));
  }

  checkProviderConfig(packageName: string, config: Readonly<Record<string, unknown>>): readonly CheckFailure[] {
    const token = `pulumi:providers:${packageName}`;
    const spec = isPackageName(packageName) ? this.resource(token) : undefined;
    if (spec === undefined) return this.#unknown(token, "provider");
    return checkConfig(config, objectOf(spec), this.#vocabulary(token));
  }

  similar(token: string): readonly string[] {
    return nearestTokens(token, this.#shards.tokens(), 3);
  }

  #vocabulary(token: string): Vocabulary {
    return this.#shards.holding(token) ?? this.#shards.holding(CUSTOM_RESOURCE) ?? { types: {}, limits: {} };
  }

  #customResource(token: string): ResourceSpec | undefined {
    if (!CUSTOM_TOKEN.test(token)) return undefined;
    const [, apiVersion = "", kind = ""] = token.split(":");
    if (this.#shards.kubernetesGroups().has(apiVersion.slice(0, apiVersion.indexOf("/")))) return undefined;
    const spec = own(this.#shards.holding(CUSTOM_RESOURCE)?.resources, CUSTOM_RESOURCE);
    if (spec === undefined) throw new Error(`the resource catalogue lacks ${CUSTOM_RESOURCE}`);
    const fixed = (value: string) => ({ type: { values: [value] }, required: true }) as const;
    const named = { apiVersion: fixed(apiVersion), kind: fixed(kind.replace(/Patch$/, "")) };
    return { ...spec, token, inputs: { ...spec.inputs, ...named } };
  }

  #unknown(token: string, what: string): readonly CheckFailure[] {
    const similar = this.similar(token);
    const hint = similar.length === 0 ? "" : `; similar: ${similar.join(", ")}`;
    return [{ property: "", reason: `unknown ${what} ${token}${hint}` }];
  }
}

function objectOf({ inputs, open }: { inputs: ObjectSpec["properties"]; open?: true }): ObjectSpec {
  return { properties: inputs, ...(open === undefined ? {} : { open }) };
}

function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
