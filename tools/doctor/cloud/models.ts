import { BedrockClient, GetFoundationModelAvailabilityCommand } from "@aws-sdk/client-bedrock";
import { tenantRegions } from "../../../environments/address.ts";
import type { Environment } from "../../../environments/schema.ts";
import { type Finding, guarded, verdicts } from "../check.ts";
import type { Aws } from "./aws.ts";

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
    const command = new GetFoundationModelAvailabilityCommand({ modelId: model });
    const { agreementAvailability, authorizationStatus, entitlementAvailability, regionAvailability } = await aws(
      BedrockClient,
      region,
    ).send(command);
    const states = {
      agreementAvailability: agreementAvailability?.status,
      authorizationStatus,
      entitlementAvailability,
      regionAvailability,
    };
    const faults = Object.entries(states).filter(([, state]) => state !== "AVAILABLE" && state !== "AUTHORIZED");
    if (faults.length === 0) return ok("may be called");
    const words = faults.map(([key, state]) => `${key} is ${state ?? "unknown"}`).join(", ");
    return { ...missing(words, next), before: "tenant" };
  });
}
