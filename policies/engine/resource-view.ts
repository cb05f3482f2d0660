import { parsedJson } from "../../contracts/json.ts";
import type { PlannedResource } from "../../plan/model.ts";
import { UnknownValue } from "./three-values.ts";
import { Value } from "./value.ts";

/** One resource as rules read it: its inputs by path, and the region and tags that its provider gives it. */
export class ResourceView extends Value {
  readonly resource: PlannedResource;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly #find: (urn: string) => Value | undefined;
  #defaultTags: Value | undefined;

  constructor(resource: PlannedResource, find: (urn: string) => Value | undefined) {
    super(resource.inputs);
    this.resource = resource;
    this.urn = resource.urn;
    this.type = resource.type;
    this.name = resource.name;
    this.#find = find;
  }

  /** The inputs of the resource's provider, `undefined` when it names none. Throws `UnknownValue` when the plan lacks the provider. */
  get provider(): Value | undefined {
    if (this.resource.provider === undefined) return undefined;
    const found = this.#find(this.resource.provider);
    if (found === undefined) throw new UnknownValue("provider");
    return found;
  }

  /** How a finding names it: with the place where it was registered, if that is known. */
  get named(): Pick<PlannedResource, "urn" | "name" | "source"> {
    const { source } = this.resource;
    return { urn: this.urn, name: this.name, ...(source !== undefined && { source }) };
  }

  /** The value of a tag: the resource's own, else the provider's default. */
  tag(name: string): string | undefined {
    return this.text("tags", name) ?? this.defaultTags.text("", name);
  }

  /** The value of a label of a Kubernetes object. */
  label(name: string): string | undefined {
    return this.text("metadata.labels", name);
  }

  /** The AWS region that it will be in: its own `region`, else its provider's. */
  get region(): string | undefined {
    return this.text("region") ?? this.provider?.text("region");
  }

  /** The tags that the provider puts on all of its resources. */
  get defaultTags(): Value {
    this.#defaultTags ??= tagsOf(this.provider);
    return this.#defaultTags;
  }
}

/** The `defaultTags` of a provider's inputs, which reach the wire as JSON text. */
export function tagsOf(provider: Value | undefined): Value {
  const value = provider?.at("defaultTags");
  const parsed: unknown = typeof value === "string" ? parsedJson(value) : value;
  return new Value(new Value(parsed, "provider.defaultTags").at("tags"), "provider.defaultTags.tags");
}
