import { BFF_PORT } from "../../../../contracts/ports.ts";
import { outputOf } from "../../../engine/output.ts";
import type { Placed, Platform } from "../../../engine/platform.ts";
import { some } from "../../../engine/three-values.ts";
import { findBy } from "../../../facts/reach/find.ts";
import { clusterOf } from "../../../facts/reach/cluster.ts";
import { networkPoliciesOf, podOf } from "../../../facts/reach/host.ts";
import { passes } from "../../../facts/reach/network-policy.ts";
import { admits } from "../../../facts/reach/security-group.ts";
import { rangesOf } from "../../../facts/reach/subnets.ts";
import { outputsOf } from "../../../facts/reference.ts";
import { TYPE } from "../../../facts/resource-types.ts";
import { cutUnless, type HopChecks } from "./walk.ts";

const RULE = "aws:lb/listenerRule:ListenerRule";
const LISTENER = "aws:lb/listener:Listener";
const GROUP = "aws:lb/targetGroup:TargetGroup";
const BINDING = "kubernetes:eks.amazonaws.com/v1:TargetGroupBinding";
const CERTIFICATE = "aws:acm/certificate:Certificate";
const RECORD = "aws:route53/record:Record";
const SERVICE = "kubernetes:core/v1:Service";
const PORT = { protocol: "TCP", number: BFF_PORT } as const;

type Entry = "name" | "certificate" | "rule" | "bound" | "service" | "leaves" | "enters" | "ingress";

/** The checks of the way from the internet to the pods of a BFF that answers for a host. */
export function entryChecks(platform: Platform, bff: Placed, host: string): Pick<Checks, Entry> {
  const way = wayTo(platform, bff, host);
  return { ...nameChecks(platform, bff, { host, way }), ...podChecks(bff, way), ...networkChecks(platform, bff, way) };
}

type Checks = HopChecks<"consumers-reach-a-tool">;

function nameChecks(
  platform: Platform,
  bff: Placed,
  { host, way }: { readonly host: string; readonly way: Way },
): Pick<Checks, "name" | "certificate" | "rule"> {
  const { balancer, listener, group, rule } = way;
  return {
    name: () =>
      cutUnless(isNamed(platform, host, balancer), balancer ?? bff, `"${host}" must lead to the load balancer.`),
    certificate: () =>
      listener &&
      cutUnless(
        isProved(platform, host, listener),
        listener,
        `"${listener.resource.name}" must have a certificate of "${host}".`,
      ),
    rule: () => cutUnless(group !== undefined, rule ?? bff, `A rule must send "${host}" to "${bff.resource.name}".`),
  };
}

function podChecks(bff: Placed, { group, service }: Way): Pick<Checks, "bound" | "service"> {
  const { name } = bff.resource;
  return {
    bound: () =>
      group &&
      cutUnless(service !== undefined, group, `"${group.resource.name}" must be bound to a Service of "${name}".`),
    service: () =>
      service &&
      cutUnless(
        leadsTo(service, bff),
        service,
        `"${service.resource.name}" must select the pods of "${name}" on the number ${BFF_PORT}.`,
      ),
  };
}

function networkChecks(
  platform: Platform,
  bff: Placed,
  { balancer }: Way,
): Pick<Checks, "leaves" | "enters" | "ingress"> {
  const cluster = clusterOf(platform, bff);
  const own = balancer?.resource.texts("securityGroups") ?? [];
  const pods =
    cluster === undefined ? [] : [outputsOf(cluster.resource).text("vpcConfig.clusterSecurityGroupId") ?? ""];
  const { name } = bff.resource;
  const passing = (side: "egress" | "ingress", from: readonly string[], groupIds: readonly string[]): boolean =>
    admits(platform, from, side, { end: { ranges: [], groupIds }, port: BFF_PORT });
  return {
    leaves: () =>
      balancer &&
      cutUnless(
        passing("egress", own, pods),
        balancer,
        `"${balancer.resource.name}" must be let out to the pods on TCP ${BFF_PORT}.`,
      ),
    enters: () =>
      balancer &&
      cutUnless(
        passing("ingress", pods, own),
        cluster ?? bff,
        `The pods of the cluster must admit "${balancer.resource.name}" on TCP ${BFF_PORT}.`,
      ),
    ingress: () => {
      const ranges = rangesOf(platform, balancer?.resource.texts("subnets") ?? []);
      const policies = networkPoliciesOf(platform, bff);
      const areLetIn = ranges.every((address) =>
        passes(policies, "ingress", { pod: podOf(bff), peer: { address }, port: PORT }),
      );
      return cutUnless(areLetIn, bff, `The pods of "${name}" must admit the load balancer on TCP ${BFF_PORT}.`);
    },
  };
}

interface Way {
  readonly rule: Placed | undefined;
  readonly listener: Placed | undefined;
  readonly balancer: Placed | undefined;
  readonly group: Placed | undefined;
  readonly service: Placed | undefined;
}

/** What leads to a BFF, as far as it is there. */
function wayTo(platform: Platform, bff: Placed, host: string): Way {
  const inStack = (type: string): readonly Placed[] =>
    bff.stack.ofType(type).map((resource) => ({ resource, stack: bff.stack }));
  const rule = inStack(RULE).find(({ resource: it }) =>
    some(it.list("conditions"), (one) => one.texts("hostHeader.values").includes(host)),
  );
  const listener = findBy(platform, LISTENER, "arn", rule?.resource.text("listenerArn"));
  const group = findBy(platform, GROUP, "arn", rule?.resource.list("actions")[0]?.text("targetGroupArn"));
  const arn = group && outputOf(group.resource, "arn");
  const namespace = bff.resource.text("metadata.namespace");
  const binding = inStack(BINDING).find(
    ({ resource: it }) => it.text("spec.targetGroupARN") === arn && it.text("metadata.namespace") === namespace,
  );
  const service = inStack(SERVICE).find(
    ({ resource: it }) =>
      it.text("metadata.name") === binding?.resource.text("spec.serviceRef.name") &&
      it.text("metadata.namespace") === namespace,
  );
  const balancer = findBy(platform, TYPE.loadBalancer, "arn", listener?.resource.text("loadBalancerArn"));
  return { rule, listener, balancer, group, service };
}

/** Whether a name with a wildcard, of the balancer's own stack, is an alias of the balancer. */
function isNamed(platform: Platform, host: string, balancer: Placed | undefined): boolean {
  if (balancer === undefined) return false;
  const dnsName = outputOf(balancer.resource, "dnsName");
  return platform
    .ofType(RECORD)
    .some(
      ({ resource: it, stack }) =>
        stack === balancer.stack &&
        stands(it.text("name"), host) &&
        some(it.list("aliases"), (one) => one.text("name") === dnsName),
    );
}

function isProved(platform: Platform, host: string, { resource, stack }: Placed): boolean {
  const arn = resource.text("certificateArn");
  return platform
    .ofType(CERTIFICATE)
    .some(
      ({ resource: it, stack: other }) =>
        other === stack &&
        outputOf(it, "arn") === arn &&
        [it.text("domainName"), ...it.texts("subjectAlternativeNames")].some((name) => stands(name, host)),
    );
}

/** Whether a name is a host, or stands for it: `*` is one label, and the first (RFC 4592, RFC 6125). */
function stands(name: string | undefined, host: string): boolean {
  return name === host || name === `*.${host.split(".").slice(1).join(".")}`;
}

function leadsTo({ resource: it }: Placed, bff: Placed): boolean {
  const { labels } = podOf(bff);
  const wanted = it.entries("spec.selector").map(([key, value]) => [key, value.text()] as const);
  return (
    wanted.length > 0 &&
    wanted.every(([key, value]) => labels[key] === value) &&
    some(it.list("spec.ports"), (port) => port.number("port") === BFF_PORT && port.number("targetPort") === BFF_PORT)
  );
}
