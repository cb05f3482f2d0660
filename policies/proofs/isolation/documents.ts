import { readFileSync } from "node:fs";
import type { Placed } from "../../engine/platform.ts";
import { DOCUMENTS } from "../../facts/grants/document-types.ts";
import { isMet } from "../../facts/grants/language/conditions.ts";
import type { Context } from "../../facts/grants/language/conditions.ts";
import { readStatements, type Statement } from "../../facts/policy-document.ts";

/** Inputs that hold the policy document of a resource, of whichever type: one that nobody has listed is read as well. */
const DOCUMENT_INPUTS: readonly string[] = [
  ...new Set(
    Object.values(DOCUMENTS)
      .flat()
      .flatMap(([kind, input]) => (kind === "resource" ? input : [])),
  ),
];

/** Actions that take no resource, by service (AWS's service authorization reference): on `*` they reach no store. */
const WITHOUT_RESOURCE: ReadonlyMap<string, ReadonlySet<string>> = readActions();

/** The statements that allow something in a resource's document, whichever input holds it; `[]` where it has none. */
export function allowed({ resource }: Placed): readonly Statement[] {
  return DOCUMENT_INPUTS.filter((it) => resource.has(it)).flatMap((it) => allowedBy(resource.at(it), it));
}

/** The statements that allow something in one document; throws `UnreadableDocument`, and `UnknownValue` for what is not known yet. */
export function allowedBy(document: unknown, path: string): readonly Statement[] {
  return readStatements(document, path).filter((it) => it.allows);
}

/** Whether a statement may apply in a context: what is not known, or not understood, does not restrict. */
export function mayApply({ conditions }: Statement, context: Context): boolean {
  return conditions.every((it) => isMet(it, context) !== false);
}

/** Whether a statement allows an action of one of the services on a resource; `NotAction` may be anything. */
export function concerns({ actions, notActions }: Statement, services: readonly string[]): boolean {
  if (notActions !== undefined) return true;
  return actions.some((it) => {
    const [service = "", name = ""] = it.split(":");
    if (service === "*") return true;
    return services.includes(service.toLowerCase()) && WITHOUT_RESOURCE.get(service.toLowerCase())?.has(name) !== true;
  });
}

/** The resources that a statement is about, as patterns. */
export function resourcesIn({ resources, notResources }: Statement): readonly string[] {
  return notResources !== undefined || resources.length === 0 ? ["*"] : resources;
}

function readActions(): ReadonlyMap<string, ReadonlySet<string>> {
  const file = new URL("../../facts/grants/actions-without-resource.json", import.meta.url);
  const table = JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, string>>;
  return new Map(Object.entries(table).map(([service, names]) => [service, new Set(names.split(" "))]));
}
