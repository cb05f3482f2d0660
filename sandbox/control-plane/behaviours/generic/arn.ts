import type { ResourceSpec } from "../../catalogue/spec.ts";
import { type Draft, arn, text } from "../behaviour.ts";
import { kebab, lowerFirst, moduleOf, ownName } from "./words.ts";
import { shortId } from "./ids.ts";

/** The output that is the ARN of a resource; `undefined` for a type without one. */
export function arnOutputOf({ token, computed, inputs }: ResourceSpec): string | undefined {
  return ["arn", `${lowerFirst(ownName(token))}Arn`].find(
    (it) => computed[it] === "string" && inputs[it]?.required !== true,
  );
}

/** The ARN of a resource: in the form that AWS documents for the type, or in the usual form where none is known. */
export function arnOf(spec: ResourceSpec, draft: Draft): string {
  const id = shortId(spec, draft);
  if (spec.arnTemplate === undefined)
    return arn(moduleOf(spec.token), draft, id.startsWith("arn:") ? id : `${kebab(ownName(spec.token))}/${id}`);
  const region = draft.region === "global" ? "" : draft.region;
  const fixed: Readonly<Record<string, string>> = { Partition: "aws", Region: region, Account: draft.account };
  return spec.arnTemplate.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => fixed[name] ?? part(name, draft, id));
}

/** A part of an ARN: the input of that name, such as the parent's id; else the resource's own id or name. */
function part(name: string, draft: Draft, id: string): string {
  const wanted = name.replace(/(?:WithPath|WithoutLeadingSlash)$/, "");
  const input = Object.keys(draft.inputs).find((it) => it.toLowerCase() === wanted.toLowerCase());
  const given = input === undefined ? "" : text(draft, input);
  return (given === "" || given.startsWith("arn:") ? id : given).replace(/^\//, "");
}
