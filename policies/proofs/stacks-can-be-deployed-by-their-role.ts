import { needsOf } from "../../contracts/execution/needs.ts";
import { TAG } from "../../contracts/tags.ts";
import { CONTROL } from "../engine/frameworks.ts";
import type { Placed } from "../engine/platform.ts";
import { proof, type Recorder } from "../engine/proof.ts";
import { tagsOf } from "../engine/resource-view.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { arnByName, NAMED_TYPES } from "../facts/execution/names.ts";
import { isOwnByName } from "../facts/execution/own-resources.ts";
import { TYPE } from "../facts/resource-types.ts";
import { type Deployer, deployersOf, lacksOf } from "./deployment/deployer.ts";

/** A deployment that lacks an action stops in the middle: what a stack plans says beforehand which actions it takes. */
export const stacksCanBeDeployedByTheirRole = proof({
  premise: 8,
  id: "stacks-can-be-deployed-by-their-role",
  severity: "high",
  description:
    "The role that deploys a stack may make, read, change and delete each type of resource that the stack plans, tagged and named as the role must find it.",
  remediation:
    "Write down in contracts/execution/needs.json what the type needs and in which layers it is; name what has no tags after its stack.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoConfiguration, CONTROL.soc2Change],
  prove: (platform, record) => {
    for (const it of deployersOf(platform)) {
      record.guardedAll(platform, () => actions(it, record));
      for (const placed of named(it.stack)) record.guarded(placed, () => name(placed, record));
      for (const placed of all(it.stack, TYPE.awsProvider)) record.guarded(placed, () => tags(placed, record));
    }
  },
});

function actions(deployer: Deployer, record: Recorder): void {
  const { stack, role } = deployer;
  const types = new Map(stack.ofType("aws:*").map((resource) => [resource.type, { resource, stack }] as const));
  for (const [type, placed] of types) {
    const needs = needsOf(type, stack.address.layer);
    if (needs === undefined) {
      record.violated(
        placed,
        `"${placed.resource.name}" must be of a type of which it is written down what deploys it: ${type}.`,
      );
      continue;
    }
    record.count("actions that stacks need", needs.length);
    for (const action of lacksOf(needs, deployer))
      record.violated(
        role ?? placed,
        `The role of ${stack.name} must be granted ${action}, and its boundary must allow it: the stack has ${type}.`,
        [`"${placed.resource.name}" in ${stack.name} is of the type ${type}.`],
      );
  }
}

function all(stack: StackIndex, ...types: readonly string[]): readonly Placed[] {
  return stack.ofType(...types).map((resource) => ({ resource, stack }));
}

/** What must be found by its name. */
function named(stack: StackIndex): readonly Placed[] {
  return all(stack, ...NAMED_TYPES);
}

function name({ resource, stack }: Placed, record: Recorder): void {
  const { account } = stack.address.environment;
  record.count("names by which stacks are told apart");
  if (isOwnByName(arnByName(resource, account), stack.name, account)) return;
  record.violated(
    { resource, stack },
    `"${resource.name}" must have a name by which the role of ${stack.name} knows it as its own.`,
  );
}

function tags({ resource, stack }: Placed, record: Recorder): void {
  if (tagsOf(resource).text("", TAG.stack) === stack.name) return;
  record.violated(
    { resource, stack },
    `"${resource.name}" must tag all that it makes with ${TAG.stack} "${stack.name}".`,
  );
}
