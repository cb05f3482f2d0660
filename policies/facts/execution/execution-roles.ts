import { type Address, AddressError, parseAddress } from "../../../environments/address.ts";
import type { Environment } from "../../../environments/schema.ts";
import { EXECUTION_PATH, executionBoundaryName, executionRoleArn } from "../../../contracts/execution/roles.ts";
import { oncePer } from "../../engine/once-per.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { type Statement, statementsOf } from "../policy-document.ts";
import { TYPE } from "../resource-types.ts";

const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

/** Path and name of the boundary of the roles that deploy the stack's environment. */
export function executionBoundaryNameOf(stack: StackIndex): string {
  return `/alicerce/${executionBoundaryName(stack.address.environment.name)}`;
}

/** Whether a role is at the path of those that deploy. */
export function isExecutionRole(it: ResourceView): boolean {
  return it.type === TYPE.role && it.text("path") === EXECUTION_PATH;
}

/** The address of the stack whose role a policy is for, by its path and name; `undefined` for other policies. */
export function addressOfPolicy(it: ResourceView): string | undefined {
  if (it.type !== TYPE.managedPolicy || it.text("path") !== EXECUTION_PATH) return undefined;
  return /^(.+)\.\d+$/.exec(it.text("name") ?? "")?.[1];
}

/** An environment by its name, as the same object each time: its data is checked once for each. */
const alone = oncePer((environment: Environment): Readonly<Record<string, Environment>> => ({
  [environment.name]: environment,
}));

/** The stack that a role or policy is named after, in the environment of `stack`; `undefined` where that is no address. */
export function deployedAt(address: string, { address: { environment } }: StackIndex): Address | undefined {
  try {
    return parseAddress(address, alone(environment));
  } catch (error) {
    if (error instanceof AddressError) return undefined;
    throw error;
  }
}

/** Whether an attachment gives a role that deploys a policy of its own, which the same stack declares. */
export function attachesForExecution(it: ResourceView, stack: StackIndex): boolean {
  if (it.type !== ATTACHMENT || stack.address.layer !== "environment") return false;
  const policy = policiesIn(stack).get(it.text("policyArn") ?? "");
  return policy !== undefined && addressOfPolicy(policy) === it.text("role");
}

const policiesIn = oncePer((stack: StackIndex): ReadonlyMap<string, ResourceView> => {
  const arns = `arn:aws:iam::${stack.address.environment.account}:policy${EXECUTION_PATH}`;
  const all = stack.ofType(TYPE.managedPolicy).filter((it) => it.text("path") === EXECUTION_PATH);
  return new Map(all.map((it) => [`${arns}${it.text("name") ?? ""}`, it]));
});

const attachedIn = oncePer((stack: StackIndex): ReadonlyMap<string, readonly ResourceView[]> =>
  Map.groupBy(
    stack.ofType(ATTACHMENT).flatMap((it) => {
      const policy = policiesIn(stack).get(it.text("policyArn") ?? "");
      return policy === undefined ? [] : [{ policy, role: it.text("role") ?? "" }];
    }),
    (it) => it.role,
  )
    .entries()
    .reduce(
      (all, [role, of]) =>
        all.set(
          role,
          of.map((it) => it.policy),
        ),
      new Map<string, ResourceView[]>(),
    ),
);

/** All statements, of both effects, of the policies that an environment's stack attaches to the role of an address. */
export function executionStatementsOf(address: string, environment: StackIndex): readonly Statement[] {
  return (attachedIn(environment).get(address) ?? []).flatMap((it) => statementsOf(it, "policy"));
}

/** The statements of the boundary of the roles that deploy; none where the stack does not declare it. */
export function executionBoundaryOf(environment: StackIndex): readonly Statement[] {
  const name = executionBoundaryNameOf(environment);
  const found = environment
    .ofType(TYPE.managedPolicy)
    .filter((it) => `${it.text("path") ?? ""}${it.text("name") ?? ""}` === name);
  return found.flatMap((it) => statementsOf(it, "policy"));
}

/** ARN of the role that deploys the stack itself. */
export function executionRoleOf(stack: StackIndex): string {
  return executionRoleArn(stack.address.environment.account, stack.name);
}
