import { fileURLToPath } from "node:url";
import { ensureFolders } from "./cache.ts";
import { checkObject, type NestedTypes } from "./check.ts";
import { nearestTokens } from "./nearest.ts";
import { isPackageName } from "./packages.ts";
import { checkConfig } from "./provider-config.ts";
import { Shards } from "./shards.ts";
import { CUSTOM_RESOURCE, type CheckFailure, type FunctionSpec, type ObjectSpec, type ResourceSpec } from "./spec.ts";

export type { CheckFailure, FunctionSpec, PropertySpec, ResourceSpec, TypeSpec } from "./spec.ts";

/** What the installed SDK packages can say; whatever they cannot say is a fault. */
export interface Catalogue {
  /** Looks a resource type up; a custom Kubernetes resource is known by its group, which is not one of Kubernetes' own. */
  resource(token: string): ResourceSpec | undefined;
  /** Looks a function up. */
  invocation(token: string): FunctionSpec | undefined;
  /** What is wrong with the inputs of a resource; `UNKNOWN` is sound anywhere, `undefined` and `null` are absent. */
  checkInputs(token: string, inputs: Readonly<Record<string, unknown>>): readonly CheckFailure[];
  /** What is wrong with the arguments of a function. */
  checkInvocation(token: string, args: Readonly<Record<string, unknown>>): readonly CheckFailure[];
  /** What is wrong with a provider's configuration, whose nested values may be JSON text. */
  checkProviderConfig(packageName: string, config: Readonly<Record<string, unknown>>): readonly CheckFailure[];
  /** Up to three tokens that may have been meant. */
  similar(token: string): readonly string[];
}

/** A group that is a domain name, a version and a kind. */
const CUSTOM_TOKEN = /^kubernetes:[^:/]+\.[^:/]+\/[^:/]+:[^:/]+$/;

const DIRECTORY = fileURLToPath(new URL("../../../.alicerce/cache/catalogue", import.meta.url));

/** Opens the catalogue of the installed SDK packages, after generating what is missing of it. */
export async function ensureCatalogue(
  options: { readonly directory?: string; readonly onProgress?: (message: string) => void } = {},
): Promise<Catalogue> {
  const { directory = DIRECTORY, onProgress = () => undefined } = options;
  return new OpenCatalogue(new Shards(await ensureFolders(directory, onProgress)));
}

class OpenCatalogue implements Catalogue {
  readonly #shards: Shards;

  constructor(shards: Shards) {
    this.#shards = shards;
  }

  resource(token: string): ResourceSpec | undefined {
    return own(this.#shards.holding(token)?.resources, token) ?? this.#customResource(token);
  }

  invocation(token: string): FunctionSpec | undefined {
    return own(this.#shards.holding(token)?.functions, token);
  }

  checkInputs(token: string, inputs: Readonly<Record<string, unknown>>): readonly CheckFailure[] {
    const spec = this.resource(token);
    return spec === undefined
      ? this.#unknown(token, "resource type")
      : checkObject(inputs, objectOf(spec), this.#types(token));
  }

  checkInvocation(token: string, args: Readonly<Record<string, unknown>>): readonly CheckFailure[] {
    const spec = this.invocation(token);
    return spec === undefined
      ? this.#unknown(token, "function")
      : checkObject(args, objectOf(spec), this.#types(token));
  }

  checkProviderConfig(packageName: string, config: Readonly<Record<string, unknown>>): readonly CheckFailure[] {
    const token = `pulumi:providers:${packageName}`;
    const spec = isPackageName(packageName) ? this.resource(token) : undefined;
    if (spec === undefined) return this.#unknown(token, "provider");
    return checkConfig(config, objectOf(spec), this.#types(token));
  }

  similar(token: string): readonly string[] {
    return nearestTokens(token, this.#shards.tokens(), 3);
  }

  #types(token: string): NestedTypes {
    return (this.#shards.holding(token) ?? this.#shards.holding(CUSTOM_RESOURCE))?.types ?? {};
  }

  #customResource(token: string): ResourceSpec | undefined {
    if (!CUSTOM_TOKEN.test(token)) return undefined;
    const [, apiVersion = "", kind = ""] = token.split(":");
    if (this.#shards.kubernetesGroups().has(apiVersion.slice(0, apiVersion.indexOf("/")))) return undefined;
    const spec = own(this.#shards.holding(CUSTOM_RESOURCE)?.resources, CUSTOM_RESOURCE);
    if (spec === undefined) throw new Error(`the catalogue lacks ${CUSTOM_RESOURCE}`);
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
