import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { some } from "../../engine/three-values.ts";
import { findBy } from "../../facts/reach/find.ts";
import { podOf } from "../../facts/reach/host.ts";
import { TYPE } from "../../facts/resource-types.ts";

/** Pulumi type of what a load balancer does with some requests. */
export const RULE = "aws:lb/listenerRule:ListenerRule";

/** Pulumi type of what it sends them to. */
export const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";

const LISTENER = "aws:lb/listener:Listener";
const CERTIFICATE = "aws:acm/certificate:Certificate";
const RECORD = "aws:route53/record:Record";
const BINDING = "kubernetes:eks.amazonaws.com/v1:TargetGroupBinding";
const SERVICE = "kubernetes:core/v1:Service";
const EVERY_PATH = ["*", "/*"];

/** The hosts that a rule takes. */
export function hostsOf({ resource }: Placed): readonly string[] {
  return resource.list("conditions").flatMap((it) => it.texts("hostHeader.values"));
}

/** The names that are aliases of a load balancer. */
export function namesOf(platform: Platform, { resource }: Placed): readonly string[] {
  const dnsName = outputOf(resource, "dnsName");
  return platform
    .ofType(RECORD)
    .filter(({ resource: it }) => some(it.list("aliases"), (one) => one.text("name") === dnsName))
    .map(({ resource: it }) => it.text("name") ?? "");
}

/** Whether the certificate of a listener is for such a name. */
export function isProved(platform: Platform, { resource }: Placed, isFor: (name: string) => boolean): boolean {
  const certificate = findBy(platform, CERTIFICATE, "arn", resource.text("certificateArn"))?.resource;
  const names = [certificate?.text("domainName") ?? "", ...(certificate?.texts("subjectAlternativeNames") ?? [])];
  return names.some(isFor);
}

/** The listeners whose rules send requests to a target group. */
export function forwardsTo(platform: Platform, groupArn: string): readonly Placed[] {
  return platform
    .ofType(RULE)
    .filter(({ resource }) => some(resource.list("actions"), (it) => it.text("targetGroupArn") === groupArn))
    .flatMap(({ resource }) => findBy(platform, LISTENER, "arn", resource.text("listenerArn")) ?? []);
}

/** Whether a rule of a load balancer sends a host to a target group. */
export function isAnswered(platform: Platform, balancerArn: string, host: string): boolean {
  return rulesFor(platform, balancerArn, host).some(({ resource }) =>
    some(resource.list("actions"), (it) => it.text("type") === "forward"),
  );
}

/** Whether a rule that sends nothing on takes every path of a host. */
export function takesAll(platform: Platform, balancerArn: string, host: string): boolean {
  return rulesFor(platform, balancerArn, host)
    .filter(({ resource }) => resource.list("actions").every((it) => it.text("type") !== "forward"))
    .some(({ resource }) =>
      resource
        .list("conditions")
        .flatMap((it) => it.texts("pathPattern.values"))
        .some((it) => EVERY_PATH.includes(it)),
    );
}

function rulesFor(platform: Platform, balancerArn: string, host: string): readonly Placed[] {
  return platform.ofType(RULE).filter((it) => {
    const listener = findBy(platform, LISTENER, "arn", it.resource.text("listenerArn"));
    return listener?.resource.text("loadBalancerArn") === balancerArn && hostsOf(it).includes(host);
  });
}

/** The workloads whose pods are the targets of a group, by the Service that a binding names. */
export function boundTo(platform: Platform, group: Placed): readonly Placed[] {
  const arn = outputOf(group.resource, "arn");
  const { stack } = group;
  const bindings = stack.ofType(BINDING).filter((it) => it.text("spec.targetGroupARN") === arn);
  return bindings.flatMap((binding) => {
    const namespace = binding.text("metadata.namespace");
    const service = stack
      .ofType(SERVICE)
      .find(
        (it) =>
          it.text("metadata.namespace") === namespace &&
          it.text("metadata.name") === binding.text("spec.serviceRef.name"),
      );
    const wanted = service?.entries("spec.selector").map(([key, value]) => [key, value.text()] as const) ?? [];
    return platform.ofType(TYPE.deployment, TYPE.statefulSet).filter((it) => {
      const { labels } = podOf(it);
      const isOwn = it.stack === stack && it.resource.text("metadata.namespace") === namespace;
      return isOwn && wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
    });
  });
}
