import type { Plan, PlannedResource } from "../../plan/model.ts";

/** Where the shipped environments keep what the changes speak of. */
export const STACKS = {
  environment: "production",
  region: "production.eu-west-1",
  /** The tenant in the EU. */
  xyz: "production.eu-west-1.xyz-gmbh",
  /** The tenant in the US. */
  acme: "production.us-east-1.acme-corp",
  acmeRegion: "production.us-east-1",
  lumina: "production.sa-east-1.lumina-sa",
  merlion: "production.ap-southeast-1.merlion-pte",
  development: "development.us-east-1.acme-corp",
  developmentRegion: "development.us-east-1",
} as const;

/** Inputs or outputs that a change may write to. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a provider takes has no type here
export type Values = Record<string, any>;

/** One statement of a policy document. */
export interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly [element: string]: unknown;
}

/** A change of what an environment plans: which resources it adds, changes or removes is remembered for the verdict. */
export class ChangedEnvironment {
  readonly #plans: Map<string, Plan>;
  readonly #touched = new Map<string, PlannedResource>();

  constructor(plans: readonly Plan[]) {
    this.#plans = new Map(plans.map((it) => [it.stack, it]));
  }

  /** The plans after the change; a stack that is not touched keeps its plan. */
  get plans(): readonly Plan[] {
    return [...this.#plans.values()];
  }

  /** The resources that were added, changed or removed, as they are now or were. */
  get touched(): readonly PlannedResource[] {
    return [...this.#touched.values()];
  }

  /** The stacks that were touched. */
  get stacks(): readonly string[] {
    return [...new Set(this.touched.map((it) => it.urn.split("::")[0]!.slice("urn:pulumi:".length)))];
  }

  /** The planned resource of a type (its last part, as `Bucket`) and a name; throws where there is not exactly one. */
  find(stack: string, type: string, name: string): PlannedResource {
    const found = this.all(stack, type).filter((it) => it.name === name);
    if (found.length !== 1) throw new Error(`${stack} plans ${found.length} ${type} "${name}"`);
    return found[0]!;
  }

  /** The planned resources of a type. */
  all(stack: string, type: string): readonly PlannedResource[] {
    return this.#plan(stack).resources.filter((it) => it.custom && it.type.endsWith(`:${type}`));
  }

  /** What a planned resource is called, its ARN, or another of its outputs. */
  output(stack: string, type: string, name: string, output: string): string {
    return String(this.find(stack, type, name).outputs?.[output]);
  }

  /** The ARN of a planned resource. */
  arn(stack: string, type: string, name: string): string {
    return this.output(stack, type, name, "arn");
  }

  /** Changes the inputs of one resource; what the provider answers of them follows. */
  edit(stack: string, type: string, name: string, change: (inputs: Values) => void): void {
    const before = this.find(stack, type, name);
    const inputs = structuredClone(before.inputs) as Values;
    change(inputs);
    const outputs: Values = { ...before.outputs };
    for (const key of new Set([...Object.keys(before.inputs), ...Object.keys(inputs)])) {
      if (key in inputs) outputs[key] = inputs[key] as unknown;
      else Reflect.deleteProperty(outputs, key);
    }
    const after = { ...before, inputs, outputs };
    this.#replace(stack, (all) => all.map((it) => (it === before ? after : it)));
    this.#touched.set(after.urn, after);
  }

  /** Removes one resource. */
  remove(stack: string, type: string, name: string): void {
    const gone = this.find(stack, type, name);
    this.#replace(stack, (all) => all.filter((it) => it !== gone));
    this.#touched.set(gone.urn, gone);
  }

  /** Adds a resource of a full type by the stack's own provider; its outputs are its inputs and what is said here. */
  add(stack: string, type: string, name: string, inputs: Values, outputs: Values = {}): PlannedResource {
    const pkg = type.split(":")[0]!;
    const provider = this.#plan(stack).resources.find((it) => it.type === `pulumi:providers:${pkg}`)?.urn;
    const added: PlannedResource = {
      urn: `urn:pulumi:${stack}::alicerce::${type}::${name}`,
      type,
      name,
      custom: true,
      inputs,
      outputs: { ...inputs, id: name, ...outputs },
      parent: this.#plan(stack).resources[0]!.urn,
      ...(provider === undefined ? {} : { provider }),
      dependencies: [],
      propertyDependencies: Object.fromEntries(Object.keys(inputs).map((it) => [it, []])),
    };
    this.#replace(stack, (all) => [...all, added]);
    this.#touched.set(added.urn, added);
    return added;
  }

  /** Copies a resource of one stack into another one. */
  copy(from: string, to: string, type: string, name: string, change: (inputs: Values) => void = () => undefined): void {
    const original = this.find(from, type, name);
    const inputs = structuredClone(original.inputs) as Values;
    change(inputs);
    this.add(to, original.type, `${name}-copy`, inputs, { ...original.outputs, ...inputs });
  }

  /** Gives a planned role one more statement, by an inline policy of its own. */
  grant(stack: string, role: string, actions: string | readonly string[], resources: unknown, more: Values = {}): void {
    const statement = { Effect: "Allow" as const, Action: actions, Resource: resources, ...more };
    const roleName = this.output(stack, "Role", role, "name");
    const policy = document([statement]);
    this.add(stack, "aws:iam/rolePolicy:RolePolicy", `${role}-extra`, {
      role: roleName,
      policy,
      name: `${role}-extra`,
    });
  }

  /** Changes the statements of a policy document in an input. */
  statements(
    at: readonly [stack: string, type: string, name: string],
    key: string,
    change: (all: Values[]) => Values[],
  ): void {
    this.edit(...at, (inputs) => {
      const read = JSON.parse(String(inputs[key])) as { Statement: Values[] };
      inputs[key] = JSON.stringify({ ...read, Statement: change(read.Statement) });
    });
  }

  /** Replaces a text wherever an input of one resource holds it; throws where it holds it nowhere. */
  replaceText(at: readonly [stack: string, type: string, name: string], from: string, to: string): void {
    this.edit(...at, (inputs) => {
      const before = JSON.stringify(inputs);
      const after = before.replaceAll(JSON.stringify(from).slice(1, -1), JSON.stringify(to).slice(1, -1));
      if (after === before) throw new Error(`${at.join(" ")} does not hold ${from}`);
      Object.assign(inputs, JSON.parse(after));
    });
  }

  #plan(stack: string): Plan {
    const plan = this.#plans.get(stack);
    if (plan === undefined) throw new Error(`${stack} is not planned`);
    return plan;
  }

  #replace(stack: string, change: (all: readonly PlannedResource[]) => readonly PlannedResource[]): void {
    const plan = this.#plan(stack);
    this.#plans.set(stack, { ...plan, resources: change(plan.resources) });
  }
}

/** A policy document of these statements. */
export function document(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** One change of a shipped environment that must be refused. */
export interface Planted {
  readonly name: string;
  /** What somebody did, and what it leads to. */
  readonly story: string;
  readonly environment?: "production" | "development";
  /** Names, addresses or ARNs that the refusal may name instead of what was changed: what is reached, or what no longer works. */
  readonly reaches?: readonly string[];
  readonly change: (it: ChangedEnvironment) => void;
}
