import type { Plan, PlannedResource } from "../../../plan/model.ts";

/** The inputs of a resource while they are edited. */
export type Inputs = Record<string, unknown>;

/** A change of the plans: of one resource, or of all that have a name like it. */
export interface Edit {
  readonly type: string;
  readonly name: string | RegExp;
  /** Changes a copy of the inputs in place; without it, the resource is left out. */
  readonly change?: (inputs: Inputs) => void;
}

/** The plans after an edit; throws when there is nothing to edit. */
export function edited(plans: readonly Plan[], { type, name, change }: Edit): readonly Plan[] {
  let edits = 0;
  const isMeant = (it: PlannedResource): boolean =>
    it.type === type && (typeof name === "string" ? it.name === name : name.test(it.name));
  const after = plans.map((plan) => ({
    ...plan,
    resources: plan.resources.flatMap((it) => {
      if (!isMeant(it)) return [it];
      edits += 1;
      if (change === undefined) return [];
      const inputs = structuredClone(it.inputs) as Inputs;
      change(inputs);
      return [{ ...it, inputs }];
    }),
  }));
  if (edits === 0) throw new TypeError(`no ${type} is named ${String(name)}`);
  return after;
}

/** Changes the statements of the policy document in an input. */
export function statementsIn(input: string, change: (statements: Inputs[]) => Inputs[]): (inputs: Inputs) => void {
  return (inputs) => {
    const document = JSON.parse(String(inputs[input])) as { Statement: Inputs[] };
    inputs[input] = JSON.stringify({ ...document, Statement: change(document.Statement) });
  };
}

/** Takes an action out of the statements of the policy document in an input. */
export function withoutAction(input: string, action: string): (inputs: Inputs) => void {
  return statementsIn(input, (all) =>
    all.map((it) => ({ ...it, Action: [it["Action"]].flat().filter((of: unknown) => of !== action) })),
  );
}

/** Puts a value at a path, whose keys and positions must be there; `undefined` takes the value away. */
export function set(path: readonly [string, ...string[]], value: unknown): (inputs: Inputs) => void {
  return (inputs) => {
    const parent = path.slice(0, -1).reduce<unknown>((it, key) => (isContainer(it) ? it[key] : undefined), inputs);
    if (!isContainer(parent)) throw new TypeError(`nothing is at ${path.join(".")}`);
    const key = path.at(-1) ?? "";
    if (value === undefined) Reflect.deleteProperty(parent, key);
    else parent[key] = value;
  };
}

function isContainer(value: unknown): value is Inputs {
  return typeof value === "object" && value !== null;
}
