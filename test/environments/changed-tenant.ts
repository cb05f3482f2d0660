import { faultsOf } from "../../environments/faults.ts";
import { environments } from "../../environments/index.ts";
import { production } from "../../environments/production.ts";

/** What is said of `production` when its tenant `xyz-gmbh` is changed so: the key of each fault, and its message. */
export function faultsWith(tenant: object): readonly string[] {
  const { tenants } = production;
  const changed = { ...production, tenants: { ...tenants, "xyz-gmbh": { ...tenants["xyz-gmbh"], ...tenant } } };
  const keyed = faultsOf("production", { ...environments, production: changed });
  return keyed.map(({ key, message }) => `${key}: ${message}`);
}
