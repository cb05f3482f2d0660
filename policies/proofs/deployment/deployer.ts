import { oncePer } from "../../engine/once-per.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { executionBoundaryOf, executionStatementsOf, isExecutionRole } from "../../facts/execution/execution-roles.ts";
import type { Statement } from "../../facts/policy-document.ts";
import { TYPE } from "../../facts/resource-types.ts";

/** A stack and the role that deploys it; without a role, nothing is granted. */
export interface Deployer {
  readonly stack: StackIndex;
  readonly role: Placed | undefined;
  readonly granted: readonly Statement[];
  readonly bounded: readonly Statement[];
}

const boundaryOf = oncePer(executionBoundaryOf);

/** Who deploys each stack of the platform, where the stack of its environment, which declares the roles, is known too. */
export function deployersOf(platform: Platform): readonly Deployer[] {
  return platform.stacks.flatMap((stack) => {
    if (!stack.isOurs) return [];
    const environment = platform.stacks.find(({ name }) => name === stack.address.environment.name);
    if (environment === undefined) return [];
    const bounded = boundaryOf(environment);
    const role = environment.ofType(TYPE.role).find((it) => isExecutionRole(it) && it.text("name") === stack.name);
    return [
      {
        stack,
        role: role && { resource: role, stack: environment },
        granted: role === undefined ? [] : executionStatementsOf(stack.name, environment),
        bounded,
      },
    ];
  });
}

/** Those of the actions that the role is not granted on anything, or that its boundary allows on nothing. */
export function lacksOf(actions: readonly string[], { granted, bounded }: Deployer): readonly string[] {
  const names = namesIn(granted);
  return actions.filter((action) => !names.has(action.toLowerCase()) || !isAllowed(bounded, action));
}

const namesIn = oncePer(
  (statements: readonly Statement[]): ReadonlySet<string> =>
    new Set(statements.flatMap((it) => (it.allows ? it.lowActions : []))),
);

/** Whether a boundary allows an action on something; what it denies under a condition it does not always deny. */
function isAllowed(statements: readonly Statement[], action: string): boolean {
  let known = answers.get(statements);
  if (known === undefined) answers.set(statements, (known = new Map<string, boolean>()));
  let answer = known.get(action);
  if (answer === undefined) known.set(action, (answer = ask(statements, action)));
  return answer;
}

const answers = new WeakMap<readonly Statement[], Map<string, boolean>>();

function ask(statements: readonly Statement[], action: string): boolean {
  const isDenied = (it: Statement): boolean =>
    it.denies && it.covers(action) && it.resources.includes("*") && it.conditions.length === 0;
  return statements.some((it) => it.allows && it.covers(action)) && !statements.some(isDenied);
}
