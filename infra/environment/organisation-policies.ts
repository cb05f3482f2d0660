import { resourceControlPolicy, serviceControlPolicy } from "../../components/guard-rails/organisation-policies.ts";
import { INFERENCE_GEOGRAPHY, residencyOf } from "../../environments/residency.ts";
import type { EnvironmentOutputs } from "../outputs.ts";
import type { EnvironmentContext } from "./context.ts";

/** The policies that an organisation should attach to the account of the environment: it has no right to do so itself. */
export function organisationPolicies({
  address,
  regions,
}: EnvironmentContext): Pick<EnvironmentOutputs, "resourceControlPolicy" | "serviceControlPolicy"> {
  const { account } = address.environment;
  const residencies = new Set(regions.map(residencyOf).filter((it) => it !== undefined));
  const geographies = [...residencies].map((it) => INFERENCE_GEOGRAPHY[it]).filter((it) => it !== undefined);
  return {
    resourceControlPolicy: resourceControlPolicy({ account }),
    serviceControlPolicy: serviceControlPolicy({ account, regions, geographies }),
  };
}
