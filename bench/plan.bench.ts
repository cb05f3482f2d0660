import { addressesOf } from "../environments/address.ts";
import { environments } from "../environments/index.ts";
import { target } from "./support/target.ts";

const { production } = environments;
if (production === undefined) throw new Error("there is no production environment");

const began = performance.now();
const { planStacks } = await import("../tools/offline-planner/plan.ts");
await import("../infra/program.ts");
const loaded = performance.now();
const plans = await planStacks(addressesOf(production), { preview: "known" });
const ended = performance.now();

const resources = plans.reduce((total, it) => total + it.plan.resources.length, 0);
target(`all ${plans.length} stacks of production, SDK load included`, (ended - began) / 1000, 10, "s");
target(`each of ${resources} resources, beyond SDK load`, (ended - loaded) / resources, 12, "ms");
