import type resource from "@pulumi/pulumi/proto/resource_pb.js";
import { UNKNOWN, type PlannedResource } from "../../../plan/model.ts";
import { ConfigurationError, type SandboxPackage, callerOf } from "../callers.ts";
import type { Caller, Cloud } from "../cloud/cloud.ts";
import { Lifecycle } from "../lifecycle.ts";
import type { PreviewMode } from "../preview-mode.ts";
import type { Store } from "../store/store.ts";
import { type Values, decode, encode, holdsUnknown, secretsOf } from "../wire.ts";
import { type Registration, registrationOf } from "./registration.ts";

/** What a monitor needs to know of the stack whose program it serves. */
export interface StackSettings {
  readonly project: string;
  readonly stack: string;
  readonly mode: PreviewMode;
  /** Configuration of the default AWS provider, for programs that bring none of their own. */
  readonly defaultRegion: string;
  /** Outputs of another stack, by its full name; `undefined` when there is none. */
  readonly outputsOf: (stack: string) => Values | undefined;
}

/** What a registration answers to the program. */
export interface Registered {
  readonly urn: string;
  readonly id: string;
  readonly properties: Values;
}

/** A program asked for something that cannot be: each fault names the resource, the property and the reason. */
export class RefusedError extends Error {
  readonly code = "ERR_REFUSED";
}

/** The plan lane's engine: remembers what one stack's program registers, and answers as the cloud would. */
export class StackMonitor {
  readonly resources: PlannedResource[] = [];
  outputs: Values = {};
  readonly settings: StackSettings;
  readonly #lifecycle: Lifecycle;
  readonly #cloud: Cloud;
  readonly #store: Store;
  readonly #qualifiedTypes = new Map<string, string>();
  readonly #registered = new Map<string, Registered>();
  readonly #callers = new Map<string, Caller | undefined>();

  constructor(settings: StackSettings, parts: { readonly cloud: Cloud; readonly store: Store }) {
    this.settings = settings;
    this.#cloud = parts.cloud;
    this.#store = parts.store;
    this.#lifecycle = new Lifecycle(parts.cloud);
  }

  /** Registers a resource; throws `RefusedError` for one that the cloud would refuse. */
  register(request: resource.RegisterResourceRequest): Registered {
    const it = registrationOf(request);
    const urn = this.#claim(it);
    if (!it.custom) return this.#keep(it, urn, it.inputs, { id: "", properties: it.inputs });
    if (it.type.startsWith("pulumi:providers:")) return this.#registerProvider(it, urn);
    return this.#registerCustom(it, urn);
  }

  /** Reads a resource that exists: another stack's outputs; throws `RefusedError` for anything else. */
  read(request: resource.ReadResourceRequest): Registered {
    const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
    if (type !== "pulumi:pulumi:StackReference")
      throw new RefusedError(`${type} "${name}": reading existing resources is not part of a plan`);
    const it = {
      type,
      name,
      parent,
      custom: true,
      dependencies: request.getDependenciesList(),
      propertyDependencies: {},
      // What the engine itself provides comes from a provider of its own.
      provider: `urn:pulumi:${this.settings.stack}::${this.settings.project}::pulumi:providers:pulumi::default::sandbox`,
      version: "",
      secrets: [],
    };
    const outputs = this.settings.outputsOf(request.getId());
    if (outputs === undefined) throw new RefusedError(`stack "${request.getId()}" has no outputs: plan it first`);
    const urn = this.#claim(it);
    const inputs = { name: request.getId() };
    const properties = { ...inputs, outputs, secretOutputNames: [...secretsOf(outputs)] };
    return this.#keep({ ...it, inputs }, urn, inputs, { id: request.getId(), properties });
  }

  /** Answers a data source or the SDK's own question about a registered resource; throws `RefusedError` for one that the sandbox does not know. */
  invoke(token: string, args: Values, provider: string): Values {
    if (token === "pulumi:pulumi:getResource") return this.#resource(String(args["urn"]));
    const caller = this.#callerOf(provider, token.split(":")[0] as SandboxPackage);
    // What the engine does while a provider's configuration is not known: it answers nothing.
    return caller === undefined ? {} : encode(this.#cloud.invoke(caller, token, decode(args)));
  }

  /** Takes the outputs that a component, or the stack itself, says it has. */
  registerOutputs(urn: string, outputs: Values): void {
    if (this.#qualifiedTypes.get(urn) === ROOT) this.outputs = outputs;
  }

  /** Gives a registration its URN; throws `RefusedError` when another has it already. */
  #claim({ type, name, parent }: Pick<Registration, "type" | "name" | "parent">): string {
    const parentType = parent === "" ? "" : (this.#qualifiedTypes.get(parent) ?? qualifiedTypeOf(parent));
    const qualified = parentType === "" || parentType === ROOT ? type : `${parentType}$${type}`;
    const urn = `urn:pulumi:${this.settings.stack}::${this.settings.project}::${qualified}::${name}`;
    if (this.#qualifiedTypes.has(urn))
      throw new RefusedError(`duplicate resource URN "${urn}": give one of the two another name`);
    this.#qualifiedTypes.set(urn, qualified);
    return urn;
  }

  #resource(urn: string): Values {
    const it = this.#registered.get(urn);
    if (it === undefined) throw new RefusedError(`resource "${urn}" is not registered`);
    return { urn, id: it.id, state: it.properties };
  }

  #registerProvider(it: Registration, urn: string): Registered {
    const pkg = it.type.slice("pulumi:providers:".length) as SandboxPackage;
    const inputs = { ...it.inputs, ...(it.version === "" ? {} : { version: it.version }) };
    const config = decode(it.inputs);
    refuse(it, this.#cloud.faultsOfConfig(pkg, config));
    this.#callers.set(urn, holdsUnknown(config) ? undefined : this.#callerBy(it, pkg, config));
    return this.#keep(it, urn, inputs, { id: this.settings.mode === "known" ? "sandbox" : "", properties: inputs });
  }

  #callerBy(it: Registration, pkg: SandboxPackage, config: Values): Caller {
    try {
      return callerOf(pkg, config, this.#store);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      throw refusal(it, [error]);
    }
  }

  #registerCustom(it: Registration, urn: string): Registered {
    const subject = { urn, type: it.type };
    const pkg = it.type.split(":")[0] as SandboxPackage;
    const provider = it.provider === "" ? this.#defaultProvider(pkg, it.version) : it.provider;
    const caller = this.#callerOf(provider, pkg);
    const registration = { ...it, provider };
    // What the engine does while a provider's configuration is not known: it answers in the provider's place.
    if (caller === undefined)
      return this.#keep(registration, urn, it.inputs, { id: "", properties: this.#concealed(subject, it.inputs) });
    const { inputs, failures } = this.#lifecycle.check(caller, subject, undefined, it.inputs);
    refuse(it, failures);
    return this.#keep(registration, urn, inputs, this.#make(it, caller, subject, inputs));
  }

  #make(
    it: Registration,
    caller: Caller,
    subject: { urn: string; type: string },
    inputs: Values,
  ): { id: string; properties: Values } {
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

  #concealed(subject: { urn: string; type: string }, inputs: Values): Values {
    return encode(this.#cloud.conceal(subject, decode(inputs)), secretsOf(inputs));
  }

  #keep(
    it: Registration,
    urn: string,
    inputs: Values,
    { id, properties }: { id: string; properties: Values },
  ): Registered {
    const secret = new Set([...secretsOf(properties), ...it.secrets]);
    const outputs = encode(decode(properties), secret);
    this.resources.push({
      urn,
      type: it.type,
      name: it.name,
      custom: it.custom,
      inputs: decode(inputs),
      outputs: { ...decode(properties), ...(it.custom ? { id: id === "" ? UNKNOWN : id } : {}) },
      ...(it.parent === "" ? {} : { parent: it.parent }),
      ...(it.provider === "" ? {} : { provider: urnOfReference(it.provider) }),
      dependencies: it.dependencies,
      propertyDependencies: it.propertyDependencies,
    });
    const registered = { urn, id, properties: outputs };
    this.#registered.set(urn, registered);
    return registered;
  }

  /** The provider that the engine makes for a package when a resource brings none. */
  #defaultProvider(pkg: SandboxPackage, version: string): string {
    const name = `default${version === "" ? "" : `_${version.replaceAll(".", "_")}`}`;
    const urn = `urn:pulumi:${this.settings.stack}::${this.settings.project}::pulumi:providers:${pkg}::${name}`;
    if (!this.#qualifiedTypes.has(urn)) {
      const inputs = pkg === "aws" ? { region: this.settings.defaultRegion } : {};
      this.#registerProvider(
        {
          type: `pulumi:providers:${pkg}`,
          name,
          parent: "",
          custom: true,
          inputs,
          dependencies: [],
          propertyDependencies: {},
          provider: "",
          version,
          secrets: [],
        },
        this.#claim({ type: `pulumi:providers:${pkg}`, name, parent: "" }),
      );
    }
    return `${urn}::sandbox`;
  }

  #callerOf(provider: string, pkg: SandboxPackage): Caller | undefined {
    const urn = urnOfReference(provider === "" ? this.#defaultProvider(pkg, "") : provider);
    if (!this.#callers.has(urn)) throw new RefusedError(`provider "${provider}" is not registered`);
    return this.#callers.get(urn);
  }
}

const ROOT = "pulumi:pulumi:Stack";

interface Failure {
  readonly property: string;
  readonly reason: string;
}

function refuse(it: Registration, failures: readonly Failure[]): void {
  if (failures.length > 0) throw refusal(it, failures);
}

function refusal({ type, name }: Registration, failures: readonly Failure[]): RefusedError {
  const list = failures.map(({ property, reason }) => (property === "" ? reason : `${property}: ${reason}`));
  return new RefusedError(`${type} "${name}": ${list.join("; ")}`);
}

function qualifiedTypeOf(urn: string): string {
  return urn.split("::")[2] ?? "";
}

/** The URN in a provider's reference, `<urn>::<id>`. */
function urnOfReference(reference: string): string {
  return reference.slice(0, reference.lastIndexOf("::"));
}
