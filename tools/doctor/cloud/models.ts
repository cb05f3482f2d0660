import { tenantRegions } from "../../../environments/address.ts";
import type { Environment } from "../../../environments/schema.ts";
import { type Finding, guarded, verdicts } from "../check.ts";
import type { Answer, Aws } from "./aws.ts";

/** Whether the account may call the models of its tenants' agents (Amazon Bedrock, GetFoundationModelAvailability). */
export async function lookAtModels(aws: Aws, environment: Environment): Promise<readonly Finding[]> {
  const wanted = new Map<string, { readonly model: string; readonly region: string }>();
  for (const tenant of Object.values(environment.tenants)) {
    const model = environment.models[tenant.residency];
    if (model === undefined) continue;
    for (const region of tenantRegions(tenant)) wanted.set(`${region} ${model}`, { model, region });
  }
  return (await Promise.all([...wanted.values()].map((it) => lookAt(aws, it)))).flat();
}

function lookAt(
  aws: Aws,
  { model, region }: { readonly model: string; readonly region: string },
): Promise<readonly Finding[]> {
  const check = `${region}: model ${model}`;
  const next = `https://${region}.console.aws.amazon.com/bedrock/home?region=${region}#/modelaccess`;
  return guarded(check, next, async () => {
    const { ok, missing } = verdicts(check);
    const answer = await aws.get("bedrock", region, `/foundation-model-availability/${encodeURIComponent(model)}`);
    const faults = Object.entries(WANTED).filter(([key, value]) => stateOf(answer, key) !== value);
    if (faults.length === 0) return ok("may be called");
    return {
      ...missing(faults.map(([key]) => `${key} is ${stateOf(answer, key)}`).join(", "), next),
      before: "tenant",
    };
  });
}

const WANTED: Readonly<Record<string, string>> = {
  agreementAvailability: "AVAILABLE",
  authorizationStatus: "AUTHORIZED",
  entitlementAvailability: "AVAILABLE",
  regionAvailability: "AVAILABLE",
};

/** The state is a text, or the `status` of an object. */
function stateOf(answer: Answer, key: string): string {
  const value = answer[key];
  const state = typeof value === "object" && value !== null ? (value as { readonly status?: unknown }).status : value;
  return typeof state === "string" ? state : "unknown";
}
