import type { Plan } from "../../plan/model.ts";
import { planStacks } from "../../tools/offline-planner/plan.ts";
import type { Subject } from "./mutant.ts";

/** Agents on Amazon EKS: two tenants, of two residencies, and all that is above them. */
const PRODUCTION = [
  "production",
  "production.eu-west-1",
  "production.us-east-1",
  "production.eu-west-1.xyz-gmbh",
  "production.us-east-1.acme-corp",
];

/** Agents on AgentCore Runtime. */
const DEVELOPMENT = ["development", "development.us-east-1", "development.us-east-1.acme-corp"];

/** The plans of which resources are changed, by environment. */
export interface Planned {
  readonly production: readonly Plan[];
  readonly development: readonly Plan[];
}

/** Plans them with every value known. */
export async function plansOfSubjects(): Promise<Planned> {
  const plansOf = async (addresses: readonly string[]): Promise<readonly Plan[]> =>
    (await planStacks(addresses, { preview: "known" })).map(({ plan }) => plan);
  return { production: await plansOf(PRODUCTION), development: await plansOf(DEVELOPMENT) };
}

/** The stacks of which resources are changed: every layer, and both kinds of hosting. */
export function subjectsOf({ production, development }: Planned): readonly Subject[] {
  const here = { account: "111122223333", region: "eu-west-1", tenant: "xyz-gmbh" };
  const elsewhere = { account: "999900001111", region: "us-east-1", tenant: "acme-corp" };
  const ofRuntimes = { account: "333344445555", region: "us-east-1", tenant: "acme-corp" };
  const outside = { account: "999900001111", region: "eu-west-1", tenant: "xyz-gmbh" };
  const on = (
    layer: Subject["layer"],
    stack: string,
    other: string,
    names = { here, elsewhere },
    plans = production,
  ): Subject => ({ layer, stack, plans, here: names.here, elsewhere: { ...names.elsewhere, stack: other } });
  const runtimes = { here: ofRuntimes, elsewhere: outside };
  return [
    on("environment", "production", "production.eu-west-1"),
    on("region", "production.eu-west-1", "production.us-east-1"),
    on("tenant", "production.eu-west-1.xyz-gmbh", "production.us-east-1.acme-corp"),
    on("tenant", "development.us-east-1.acme-corp", "development.us-east-1", runtimes, development),
  ];
}
