import type { Plan } from "../../plan/model.ts";
import { parsePlan, stringifyPlan } from "../../plan/loaders/plan-json.ts";
import { planStacks } from "../../tools/offline-planner/plan.ts";

/** The largest stack of production, repeated under other names until it has at least `size` resources (its rules then find some names twice, which costs as much as finding them once). */
export async function stackOf(size: number): Promise<Plan> {
  const [largest] = await planStacks(["production.us-east-1.acme-corp"], { preview: "known" });
  if (largest === undefined) throw new Error("production.us-east-1.acme-corp has no plan");
  const { plan } = largest;
  const text = stringifyPlan({ ...plan, resources: plan.resources.filter((it) => it.type !== "pulumi:pulumi:Stack") });
  const copies = Math.ceil(size / plan.resources.length);
  const resources = Array.from({ length: copies }, (_, i) => renamed(text, i).resources).flat();
  return { ...plan, resources: [...plan.resources.filter((it) => it.type === "pulumi:pulumi:Stack"), ...resources] };
}

/** The same stack with every URN, name and id of its own, and every link between them kept. */
function renamed(text: string, copy: number): Plan {
  if (copy === 0) return parsePlan(text);
  const suffix = `-${copy}`;
  const names = parsePlan(text).resources.flatMap(({ outputs }) => [outputs?.["name"], outputs?.["id"]]);
  const own = new Set(names.filter((it): it is string => typeof it === "string" && /-[0-9a-z]{7,}$/.test(it)));
  const urns = text.replaceAll(/(urn:pulumi:[^"]*?::[^":]+:[^"]*?::)([^"]+)"/g, (_, head: string, name: string) =>
    name.startsWith("alicerce-production") ? `${head}${name}"` : `${head}${name}${suffix}"`,
  );
  return parsePlan([...own].reduce((it, name) => it.replaceAll(name, `${name}${suffix}`), urns));
}
