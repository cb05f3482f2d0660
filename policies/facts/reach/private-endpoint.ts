import { lookupInAll } from "../../engine/lookup.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { statementsOf } from "../policy-document.ts";
import type { Host } from "./host.ts";
import { allows, type Call, isFor, mayDeny } from "./permission.ts";
import { admits } from "./security-group.ts";
import { rangesOf, resolvesPrivately } from "./subnets.ts";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const HTTPS = 443;

/** Services that have gateway endpoints, beside which an endpoint without private DNS is only for whoever is told its name. */
const WITH_GATEWAY: readonly string[] = ["dynamodb", "s3"];

/** The private endpoint of an AWS service, such as `kms`, in a VPC: the one to which the service's own name leads. */
export function endpointOf(platform: Platform, vpcId: string | undefined, service: string): Placed | undefined {
  return endpointsOf(platform, vpcId, service).find(({ resource: it }) => {
    const isNamed = it.text("vpcEndpointType") === "Interface" && it.flag("privateDnsEnabled") !== true;
    return !isNamed || !WITH_GATEWAY.includes(service);
  });
}

/** All private endpoints of an AWS service in a VPC. */
export function endpointsOf(platform: Platform, vpcId: string | undefined, service: string): readonly Placed[] {
  return endpoints(platform).find(`${vpcId ?? ""} ${service}`);
}

/** By VPC and service; an endpoint of another region's service is none here. */
const endpoints = lookupInAll([ENDPOINT], ({ resource: it }) => {
  const [vpcId = "", name = "", own] = [it.text("vpcId"), it.text("serviceName"), `com.amazonaws.${it.region ?? ""}.`];
  return name.startsWith(own) ? `${vpcId} ${name.slice(own.length)}` : undefined;
});

/** Where an endpoint is reached: the ranges of its subnets, and its security groups. */
export function endOf(
  platform: Platform,
  { resource }: Placed,
): { ranges: readonly string[]; groupIds: readonly string[] } {
  return { ranges: rangesOf(platform, resource.texts("subnetIds")), groupIds: resource.texts("securityGroupIds") };
}

/** Whether the name of the service leads to the endpoint, and its security groups admit the host. */
export function receives(platform: Platform, endpoint: Placed, host: Pick<Host, "ranges" | "groupIds">): boolean {
  const { resource: it } = endpoint;
  return (
    it.text("vpcEndpointType") === "Interface" &&
    it.flag("privateDnsEnabled") === true &&
    resolvesPrivately(platform, it.text("vpcId") ?? "") &&
    admits(platform, it.texts("securityGroupIds"), "ingress", { end: host, port: HTTPS })
  );
}

/** Whether the policy of an endpoint lets a role make the call through it; an endpoint without one lets everything through. */
export function letsThrough(endpoint: Placed, roleArn: string, call: Call): boolean {
  if (!endpoint.resource.has("policy")) return true;
  const statements = statementsOf(endpoint.resource, "policy").filter((it) => isFor(it, roleArn));
  const account = roleArn.split(":")[4] ?? "";
  const context = { ...call.context, "aws:principalaccount": account, "aws:principalarn": roleArn };
  return allows(statements, { ...call, context }) && !mayDeny(statements, { ...call, context });
}
