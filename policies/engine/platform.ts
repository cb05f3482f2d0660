import { environments } from "../../environments/index.ts";
import type { Day } from "../../contracts/day.ts";
import type { Plan } from "../../plan/model.ts";
import { oncePer } from "./once-per.ts";
import type { ResourceView } from "./resource-view.ts";
import { StackIndex } from "./stack-index.ts";

/** A resource with the stack that declares it. */
export interface Placed {
  readonly resource: ResourceView;
  readonly stack: StackIndex;
}

/** The plans of all stacks of an environment as one: what proofs read. */
export class Platform {
  readonly stacks: readonly StackIndex[];
  readonly #ofTypes = new Map<string, readonly Placed[]>();

  /**
   * `known` are the environments of the platform. A stack that is indexed already is taken as it is, with what has been computed of it.
   */
  constructor(plans: readonly (Plan | StackIndex)[], today: Day, known: typeof environments = environments) {
    this.stacks = plans.map((it) => (it instanceof StackIndex ? it : new StackIndex(it, today, known)));
  }

  /** The resources of the types in all stacks, stack by stack. */
  ofType(...types: readonly string[]): readonly Placed[] {
    const key = types.join(" ");
    let found = this.#ofTypes.get(key);
    if (found === undefined) {
      found = this.stacks.flatMap((stack) => stack.ofType(...types).map((resource) => ({ resource, stack })));
      this.#ofTypes.set(key, found);
    }
    return found;
  }

  /** The resource of a URN, in whichever stack it is. */
  find(urn: string): Placed | undefined {
    for (const stack of this.stacks) {
      const resource = stack.find(urn);
      if (resource !== undefined) return { resource, stack };
    }
    return undefined;
  }

  /** The resource that an ARN names, in whichever stack it is. A plan knows ARNs where its outputs are known. */
  ofArn(arn: string): Placed | undefined {
    return byArn(this).get(arn);
  }
}

const byArn = oncePer((platform: Platform): ReadonlyMap<string, Placed> => {
  const all = new Map<string, Placed>();
  for (const stack of platform.stacks) {
    for (const resource of stack.resources) {
      const { inputs, outputs } = resource.resource;
      const arn = outputs?.["arn"];
      // What is an input names another resource, such as the topic of a policy.
      if (typeof arn === "string" && !Object.hasOwn(inputs, "arn")) all.set(arn, { resource, stack });
    }
  }
  return all;
});
