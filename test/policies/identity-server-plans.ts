import type { Plan } from "../../plan/model.ts";
import { REGION_STACK, regionPlan } from "../components/keycloak/keycloak-programs.ts";
import type { Edit } from "./proofs/edits.ts";
import { edited, type Inputs } from "./proofs/edits.ts";

const SHIPPED = await regionPlan();

const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";
const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

/** Where the plans are judged; programs run without the cluster that they name. */
export const REGION = { stack: REGION_STACK, preview: "realistic" } as const;

/** The region's stack as it is shipped, after edits. */
export function regionAfter(...edits: readonly Edit[]): Plan {
  return edits.reduce<Plan>((plan, edit) => edited([plan], edit)[0] ?? plan, SHIPPED);
}

/** A change of the pod of the region's Keycloak. */
export function pod(change: (spec: PodSpec) => void): Edit {
  return {
    type: STATEFUL_SET,
    name: "keycloak",
    change: (inputs) => {
      change((inputs as { spec: { template: { spec: PodSpec } } }).spec.template.spec);
    },
  };
}

/** What tests change of a pod. */
export interface PodSpec {
  tolerations: Inputs[];
  containers: [{ args: string[]; env: Inputs[] }];
}

/** A network policy of Keycloak's namespace with another specification. */
export function policy(name: string, spec: object): Edit {
  return {
    type: NETWORK_POLICY,
    name: `keycloak-${name}`,
    change: (inputs) => {
      inputs["spec"] = spec;
    },
  };
}
