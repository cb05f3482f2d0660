import type { Placed, Platform } from "../../../../engine/platform.ts";
import { some } from "../../../../engine/three-values.ts";
import { publicNamesOf } from "../../../../facts/network/public-names.ts";
import { type Host, networkPoliciesOf, podOf } from "../../../../facts/reach/host.ts";
import { passes } from "../../../../facts/reach/network-policy.ts";
import { endpointOf } from "../../../../facts/reach/private-endpoint.ts";
import { outputsOf } from "../../../../facts/reference.ts";
import { TYPE } from "../../../../facts/resource-types.ts";
import { settingsOf } from "../../../../facts/workloads.ts";
import { isCollector } from "./collector.ts";

const SERVICE = "kubernetes:core/v1:Service";

/** A URL in the text of a setting, which may be JSON. */
const URLS = /\bhttps?:\/\/[^\s"',;<>]+/g;

/** What a workload is told to say of itself and of where its callers get tokens, and does not call. */
const SAID: readonly string[] = ["PUBLIC_URL", "PARTNERS_TOKEN_URL"];

/** The first address that a workload is told of and to which no way is known: of no endpoint, no Service and no host that it may reach by name. */
export function unknownAddress(platform: Platform, host: Host): string | undefined {
  const { placed } = host;
  return settingsOf(placed.resource)
    .filter(({ name }) => !SAID.includes(name))
    .flatMap(({ read }) => (read() ?? "").match(URLS) ?? [])
    .find((url) => URL.canParse(url) && !isKnown(platform, host, new URL(url)));
}

function isKnown(platform: Platform, host: Host, url: URL): boolean {
  const { resource, stack } = host.placed;
  if (url.protocol === "https:")
    return publicNamesOf(resource, stack).includes(url.hostname) || isPrivate(platform, host, url.hostname);
  return isCollector(platform, host, url) || isService(platform, host.placed, url);
}

/** Whether a name leads to a private endpoint of the VPC: it is the endpoint's own, or that of a service of AWS in the region. */
function isPrivate(platform: Platform, { placed, vpcId }: Host, name: string): boolean {
  const suffix = `.${placed.stack.region ?? ""}.amazonaws.com`;
  if (name.endsWith(suffix)) {
    const labels = name.slice(0, -suffix.length).split(".");
    const services = [labels.join("."), labels.toReversed().join("."), labels.slice(1).toReversed().join(".")];
    return services.some((it) => endpointOf(platform, vpcId, it) !== undefined);
  }
  return some(platform.ofType(TYPE.vpcEndpoint), ({ resource: it }) => {
    return (
      it.text("vpcId") === vpcId &&
      outputsOf(it)
        .list("dnsEntries")
        .some((of) => (of.text("dnsName") ?? "").replace("*", "bucket") === name)
    );
  });
}

/** Whether a URL without TLS is that of a Service in the cluster, to whose pods the workload may send; AgentCore Runtime reaches none. */
function isService(platform: Platform, workload: Placed, { hostname, port }: URL): boolean {
  if (workload.resource.type === TYPE.runtime) return false;
  const own = podOf(workload);
  const [name, namespace = own.namespace] = hostname.split(".");
  return some(platform.ofType(SERVICE), ({ resource: it, stack }) => {
    const isMeant = it.text("metadata.name") === name && (it.text("metadata.namespace") ?? "default") === namespace;
    if (!isMeant || stack.region !== workload.stack.region) return false;
    const labels = it.entries("spec.selector").map(([key, value]) => [key, value.text() ?? ""] as const);
    const peer = { pod: { namespace, labels: Object.fromEntries(labels) } };
    const packet = { pod: own, peer, port: { protocol: "TCP", number: Number(port) } as const };
    return passes(networkPoliciesOf(platform, workload), "egress", packet);
  });
}
