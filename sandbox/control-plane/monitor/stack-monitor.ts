import type resource from "@pulumi/pulumi/proto/resource_pb.js";
import { type PlannedResource, type Source, UNKNOWN } from "../../../plan/model.ts";
import { urnOfProvider } from "../../../plan/urn.ts";
import { ConfigurationError, type SandboxPackage, callerOf } from "../caller-of-provider.ts";
import type { Caller } from "../cloud/caller.ts";
import type { Cloud, Subject } from "../cloud/cloud.ts";
import { Lifecycle } from "../lifecycle.ts";
import type { PreviewMode } from "../preview-mode.ts";
import type { Store } from "../store/store.ts";
import { type Values, decode, encode, holdsUnknown, secretsOf } from "../wire.ts";
import { RefusedError, refusalOf, refuseIfAny } from "./refused.ts";
import {
  type Registered,
  type Registration,
  defaultProviderOf,
  plannedResource,
  registrationOf,
  stackReferenceOf,
} from "./registration.ts";
import { sourceOf } from "./source.ts";
import { Urns } from "./urns.ts";

/** What a monitor needs to know of the stack whose program it serves. */
export interface StackSettings {
  readonly project: string;
  readonly stack: string;
  readonly mode: PreviewMode;
  /** The region of the default AWS provider, for programs that configure none. */
  readonly defaultRegion: string;
  /** Outputs of another stack, by its full name; `undefined` when there is none. */
  readonly outputsOf: (stack: string) => Values | undefined;
}

/** The engine of the offline planner: records what the program of one stack registers, and answers as the cloud would. */
export class StackMonitor {
  readonly resources: PlannedResource[] = [];
  outputs: Values = {};
  readonly settings: StackSettings;
  readonly #lifecycle: Lifecycle;
  readonly #cloud: Cloud;
  readonly #store: Store;
  readonly #urns: Urns;
  readonly #registered = new Map<string, Registered>();
  /** By URN, where a resource was asked for: its parts that no program registers are taken to be asked for there as well. */
  readonly #sources = new Map<string, Source>();
  /** By the URN of a provider, for whom it asks; `undefined` while its configuration is not known. */
  readonly #callers = new Map<string, Caller | undefined>();

  constructor(settings: StackSettings, parts: { readonly cloud: Cloud; readonly store: Store }) {
    this.settings = settings;
    this.#cloud = parts.cloud;
    this.#store = parts.store;
    this.#lifecycle = new Lifecycle(parts.cloud);
    this.#urns = new Urns(settings);
  }

  /** Notes where a component was asked for that is constructed elsewhere, and registers itself from there. */
  announce(request: resource.RegisterResourceRequest): void {
    const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
    const source = sourceOf(request.getStacktrace());
    if (source !== undefined) this.#sources.set(this.#urns.of({ type, name, parent }), source);
  }

  /** Registers a resource; throws `RefusedError` for one that the cloud would refuse. */
  register(request: resource.RegisterResourceRequest): Registered {
    const asked = registrationOf(request);
    const urn = this.#urns.claim(asked);
    const it = { ...asked, source: asked.source ?? this.#sources.get(urn) ?? this.#sources.get(asked.parent) };
    if (it.source !== undefined) this.#sources.set(urn, it.source);
    if (!it.custom) return this.#keep(it, { urn, id: "", properties: it.inputs });
    if (it.type.startsWith("pulumi:providers:")) return this.#registerProvider(it, urn);
    return this.#registerCustom(it, urn);
  }

  /** Reads the outputs of another stack; throws `RefusedError` for any other resource, and for a stack that was not planned before. */
  read(request: resource.ReadResourceRequest): Registered {
    const [type, name, id] = [request.getType(), request.getName(), request.getId()];
    if (type !== "pulumi:pulumi:StackReference")
      throw new RefusedError(`${type} "${name}": reading existing resources is not part of a plan`);
    const outputs = this.settings.outputsOf(id);
    if (outputs === undefined) throw new RefusedError(`stack "${id}" has no outputs: plan it first`);
    // The engine serves stack references by a provider of its own.
    const provider = `${this.#urns.rootOf("pulumi:providers:pulumi", "default")}::sandbox`;
    const it = stackReferenceOf(request, provider);
    const properties = { ...it.inputs, outputs, secretOutputNames: [...secretsOf(outputs)] };
    return this.#keep(it, { urn: this.#urns.claim(it), id, properties });
  }

  /** Answers a data source, or the SDK's question about a registered resource; throws `CloudError` or `RefusedError`. */
  invoke(token: string, args: Values, provider: string): Values {
    if (token === "pulumi:pulumi:getResource") return this.#stateOf(String(args["urn"]));
    const caller = this.#callerOf(provider, token.split(":")[0] as SandboxPackage);
    // As the engine does while a provider's configuration is not known: an empty answer.
    return caller === undefined ? {} : encode(this.#cloud.invoke(caller, token, decode(args)));
  }

  /** Takes the outputs of a component; those of the stack itself are the stack's outputs. */
  registerOutputs(urn: string, outputs: Values): void {
    if (this.#urns.isStack(urn)) this.outputs = outputs;
  }

  #stateOf(urn: string): Values {
    const it = this.#registered.get(urn);
    if (it === undefined) throw new RefusedError(`resource "${urn}" is not registered`);
    return { urn, id: it.id, state: it.properties };
  }

  #registerProvider(it: Registration, urn: string): Registered {
    const pkg = it.type.slice("pulumi:providers:".length) as SandboxPackage;
    const inputs = { ...it.inputs, ...(it.version === "" ? {} : { version: it.version }) };
    const config = decode(it.inputs);
    refuseIfAny(it, this.#cloud.checkConfig(pkg, config));
    this.#callers.set(urn, holdsUnknown(config) ? undefined : this.#callerBy(it, pkg, config));
    const id = this.settings.mode === "known" ? "sandbox" : "";
    return this.#keep({ ...it, inputs }, { urn, id, properties: inputs });
  }

  #callerBy(it: Registration, pkg: SandboxPackage, config: Values): Caller {
    try {
      return callerOf(pkg, config, this.#store);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      throw refusalOf(it, [error]);
    }
  }

  #registerCustom(it: Registration, urn: string): Registered {
    const subject = { urn, type: it.type };
    const pkg = it.type.split(":")[0] as SandboxPackage;
    const provider = it.provider === "" ? this.#defaultProvider(pkg, it.version) : it.provider;
    const caller = this.#callerOf(provider, pkg);
    // As the engine does while a provider's configuration is not known: it asks no provider, and no output is known.
    if (caller === undefined)
      return this.#keep({ ...it, provider }, { urn, id: "", properties: this.#unknownOutputs(subject, it.inputs) });
    const { inputs, failures } = this.#lifecycle.check(caller, subject, undefined, it.inputs);
    refuseIfAny(it, failures);
    return this.#keep({ ...it, provider, inputs }, { urn, ...this.#create(it, caller, subject, inputs) });
  }

  #create(it: Registration, caller: Caller, subject: Subject, inputs: Values): { id: string; properties: Values } {
    try {
      if (this.settings.mode === "known" && !holdsUnknown(decode(inputs)))
        return this.#lifecycle.create(caller, subject, inputs);
      return this.#lifecycle.previewCreate(caller, subject, inputs, "realistic");
    } catch (error) {
      throw new RefusedError(`${it.type} "${it.name}": ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }

  #unknownOutputs(subject: Subject, inputs: Values): Values {
    const outputs = Object.keys(this.#cloud.unknownOutputs(subject, decode(inputs)));
    return encode(Object.fromEntries(outputs.map((it) => [it, UNKNOWN])), secretsOf(inputs));
  }

  #keep(it: Registration, { urn, id, properties }: Registered): Registered {
    this.resources.push(plannedResource(it, { urn, id, properties }));
    const secret = new Set([...secretsOf(properties), ...it.secrets]);
    const registered = { urn, id, properties: encode(decode(properties), secret) };
    this.#registered.set(urn, registered);
    return registered;
  }

  /** The reference of the provider that the engine creates for a package when a resource names none. */
  #defaultProvider(pkg: SandboxPackage, version: string): string {
    const it = defaultProviderOf(pkg, version, this.settings.defaultRegion);
    const urn = this.#urns.rootOf(it.type, it.name);
    if (!this.#urns.has(urn)) this.#registerProvider(it, this.#urns.claim(it));
    return `${urn}::sandbox`;
  }

  #callerOf(provider: string, pkg: SandboxPackage): Caller | undefined {
    const urn = urnOfProvider(provider === "" ? this.#defaultProvider(pkg, "") : provider);
    if (!this.#callers.has(urn)) throw new RefusedError(`provider "${provider}" is not registered`);
    return this.#callers.get(urn);
  }
}
