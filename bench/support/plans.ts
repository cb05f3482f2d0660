import type { Plan } from "../../plan/model.ts";
import { parsePlan, stringifyPlan } from "../../plan/loaders/plan-json.ts";
import { planStacks } from "../../tools/offline-planner/plan.ts";

/** The largest stack of production, repeated under other names until it has at least `size` resources. */
export async function stackOf(size: number): Promise<Plan> {
  const [largest] = await planStacks(["production.us-east-1.acme-corp"], { preview: "known" });
  if (largest === undefined) throw new Error("production.us-east-1.acme-corp has no plan");
  const { plan } = largest;
  const text = stringifyPlan({ ...plan, resources: plan.resources.filter((it) => it.type !== "pulumi:pulumi:Stack") });
  const copies = Math.ceil(size / plan.resources.length);
  const resources = Array.from({ length: copies }, (_, i) => renamed(text, i).resources).flat();
  return { ...plan, resources: [...plan.resources.filter((it) => it.type === "pulumi:pulumi:Stack"), ...resources] };
}

/** The same stack with URNs, a namespace, names and ids of its own, as a cluster and an account would demand, and every link between them kept. */
function renamed(text: string, copy: number): Plan {
  if (copy === 0) return parsePlan(text);
  const suffix = `-${copy}`;
  const urns = text.replaceAll(/(urn:pulumi:[^"]*?::[^":]+:[^"]*?::)([^"]+)"/g, (_, head: string, name: string) =>
    name.startsWith("alicerce-production") ? `${head}${name}"` : `${head}${name}${suffix}"`,
  );
  const names = namesIn(parsePlan(text)).reduce((it, name) => it.replaceAll(name, `${name}${suffix}`), urns);
  return parsePlan(names.replaceAll('"namespace":"acme-corp"', `"namespace":"acme-corp${suffix}"`));
}

/** The names and ids that no two resources may share; shorter ones are also said of something else, such as `acme-corp`. */
function namesIn({ resources }: Plan): readonly string[] {
  const names = resources.flatMap(({ type, outputs }) => {
    if (type.startsWith("aws:")) return [outputs?.["name"], outputs?.["id"]];
    return type.startsWith("keycloak:") ? [outputs?.["id"]] : [];
  });
  const texts = names.filter((it) => typeof it === "string");
  return [...new Set(texts)].filter((it) => it.length > "acme-corp".length);
}
