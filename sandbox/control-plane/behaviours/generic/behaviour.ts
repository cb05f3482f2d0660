import type { ResourceSpec, TypeSpec } from "../../catalogue/spec.ts";
import type { Values } from "../../wire.ts";
import type { Behaviour, Draft } from "../behaviour.ts";
import { arnOf, arnOutputOf } from "./arn.ts";
import { identityOf, shortId } from "./ids.ts";
import { type Nested, madeUp } from "./outputs.ts";
import { lowerFirst, ownName } from "./words.ts";

/**
 * The behaviour of a type for which none is written: an id and an ARN in AWS's own form where CloudFormation says it, and outputs of the
 * kinds that the SDK declares. It refuses no reference and no name but a second resource of the same id.
 */
export function genericBehaviour(spec: ResourceSpec, nested: Nested): Behaviour {
  const { token, inputs } = spec;
  const arnOutput = arnOutputOf(spec);
  const isGlobal = token.startsWith("aws:") && inputs["region"] === undefined;
  return {
    ...(isGlobal ? { global: true } : {}),
    ...autonameOf(spec),
    ...(arnOutput === undefined ? {} : { arnOutput }),
    id: (draft) => shortId(spec, draft),
    outputs: (draft) => outputsOf(spec, draft, nested),
    replaces: identityOf(spec),
  };
}

/** The input that the cloud fills with a generated name: the one by which resources are told apart, or `name`. */
function autonameOf(spec: ResourceSpec): Pick<Behaviour, "autoname"> {
  const [identity, ...others] = identityOf(spec);
  const autoname = identity !== undefined && others.length === 0 ? identity : "name";
  const input = spec.inputs[autoname];
  return input?.type === "string" && input.required !== true ? { autoname } : {};
}

function outputsOf(spec: ResourceSpec, draft: Draft & { readonly id: string }, nested: Nested): Values {
  const absent = Object.entries(spec.computed).filter(
    ([name, type]) => draft.inputs[name] === undefined && !isCommon(name, type),
  );
  const known: Values = {
    [arnOutputOf(spec) ?? ""]: arnOf(spec, draft),
    [`${lowerFirst(ownName(spec.token))}Id`]: draft.id,
  };
  return Object.fromEntries(
    absent.map(([name, type]) => [
      name,
      type === "string" && known[name] !== undefined ? known[name] : madeUp(type, name, draft, nested),
    ]),
  );
}

/** Whether an output is one that the cloud fills in for every type. */
function isCommon(name: string, type: TypeSpec): boolean {
  return name === "tagsAll" || (name === "region" && type === "string");
}
