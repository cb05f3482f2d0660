import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../../../components/identity/policy-document.ts";
import { RUNTIME_ENDPOINT } from "../../../contracts/identifiers.ts";
import type { Place } from "../../../components/place.ts";

/** On what AWS permits a call that reads the tenant's operations. */
type ResourceKind = "log groups" | "everything" | "gateways" | "runtimes" | "endpoints";

/** What kind of resource each call takes that reads the tenant's operations. */
const RESOURCE_KIND: Readonly<Record<string, ResourceKind>> = {
  "logs:FilterLogEvents": "log groups",
  // X-Ray knows no resources.
  "xray:BatchGetTraces": "everything",
  "xray:GetTraceSummaries": "everything",
  "bedrock-agentcore:GetGateway": "gateways",
  "bedrock-agentcore:ListGatewayTargets": "gateways",
  "bedrock-agentcore:GetAgentRuntime": "runtimes",
  "bedrock-agentcore:GetAgentRuntimeEndpoint": "endpoints",
};

/** Of what a tenant runs, by name. */
export interface Operations {
  readonly logGroups: Readonly<Record<string, string>>;
  readonly gatewayArns: Readonly<Record<string, pulumi.Input<string>>>;
  readonly runtimeIds: Readonly<Record<string, pulumi.Input<string>>>;
}

/** Of these AWS calls those that read a tenant's operations. */
export function operationCalls(awsCalls: readonly string[]): readonly string[] {
  return awsCalls.filter((it) => Object.hasOwn(RESOURCE_KIND, it));
}

/** Permits these calls, each on the resources of its kind and on no others. */
export function operationStatements(calls: readonly string[], of: Operations, place: Place): readonly Statement[] {
  const { account, region } = place;
  const runtimes = Object.values(of.runtimeIds).map(
    (it) => pulumi.interpolate`arn:aws:bedrock-agentcore:${region}:${account}:runtime/${it}`,
  );
  const resources: Readonly<Record<ResourceKind, NonNullable<Statement["Resource"]>>> = {
    "log groups": Object.values(of.logGroups).map((it) => `arn:aws:logs:${region}:${account}:log-group:${it}:*`),
    everything: "*",
    gateways: Object.values(of.gatewayArns),
    runtimes,
    // As with invoking, the runtime and the endpoint are both asked.
    endpoints: [...runtimes, ...runtimes.map((it) => pulumi.interpolate`${it}/runtime-endpoint/${RUNTIME_ENDPOINT}`)],
  };
  return Object.entries(resources)
    .map(
      ([kind, Resource]) =>
        ({ Effect: "Allow", Action: calls.filter((it) => RESOURCE_KIND[it] === kind), Resource }) as const,
    )
    .filter(({ Action }) => Action.length > 0);
}
