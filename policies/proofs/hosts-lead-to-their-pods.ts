import { CONTROL } from "../engine/frameworks.ts";
import { outputOf } from "../engine/output.ts";
import type { Placed, Platform } from "../engine/platform.ts";
import { proof, type Recorder } from "../engine/proof.ts";
import { clusterOf } from "../facts/reach/cluster.ts";
import { findBy } from "../facts/reach/find.ts";
import { networkPoliciesOf, podOf } from "../facts/reach/host.ts";
import { passes } from "../facts/reach/network-policy.ts";
import { admits } from "../facts/reach/security-group.ts";
import { rangesOf } from "../facts/reach/subnets.ts";
import { outputsOf } from "../facts/reference.ts";
import { TYPE } from "../facts/resource-types.ts";
import {
  boundTo,
  forwardsTo,
  hostsOf,
  isAnswered,
  isProved,
  namesOf,
  RULE,
  TARGET_GROUP,
  takesAll,
} from "./hosts/rules.ts";

/** A host is a name, a certificate, a rule, a group of targets and openings between groups: each alone leads nowhere. */
export const hostsLeadToTheirPods = proof({
  premise: 3,
  id: "hosts-lead-to-their-pods",
  severity: "high",
  description:
    "Each host of a load balancer's rules has a name that leads there, a certificate, and targets of its own, which the load balancer reaches.",
  remediation:
    "Declare the record of the host, a certificate for it at the listener, a rule that sends it to a target group of one load balancer, and the openings of both security groups.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration, CONTROL.isoNetwork],
  prove: (platform, record) => {
    const ways = platform.ofType(RULE).filter(({ stack }) => stack.isOurs);
    for (const it of ways) record.guarded(it, () => proveRule(platform, it, record));
    for (const it of platform.ofType(TARGET_GROUP)) record.guarded(it, () => proveGroup(platform, it, record));
    for (const it of platform.ofType(TYPE.loadBalancer))
      record.guarded(it, () => {
        for (const name of namesOf(platform, it)) proveName(platform, { balancer: it, name }, record);
      });
  },
});

function proveRule(platform: Platform, rule: Placed, record: Recorder): void {
  const { name } = rule.resource;
  const listener = findBy(platform, "aws:lb/listener:Listener", "arn", rule.resource.text("listenerArn"));
  const balancer = findBy(platform, TYPE.loadBalancer, "arn", listener?.resource.text("loadBalancerArn"));
  if (listener === undefined || balancer === undefined) return; // another proof says that they must be declared
  for (const host of hostsOf(rule)) {
    record.count("hosts of rules");
    const must = (what: string): void => record.violated(rule, `"${name}" must take a host ${what}: ${host} has none.`);
    if (!namesOf(platform, balancer).some((it) => stands(it, host))) must("whose name leads to its load balancer");
    if (!isProved(platform, listener, (it) => stands(it, host))) must("for which its listener has a certificate");
  }
}

/** A group is of one load balancer (Elastic Load Balancing, "Target groups"), which must be let out to the pods, and they must let it in. */
function proveGroup(platform: Platform, group: Placed, record: Recorder): void {
  const { name } = group.resource;
  const balancers = new Set(
    forwardsTo(platform, outputOf(group.resource, "arn")).map((it) => it.resource.text("loadBalancerArn")),
  );
  const [arn, ...others] = balancers;
  record.count("groups of targets");
  const balancer = findBy(platform, TYPE.loadBalancer, "arn", arn);
  if (balancer === undefined || others.length > 0) {
    record.violated(group, `"${name}" must be sent requests by one load balancer.`);
    return;
  }
  const cluster = clusterOf(platform, group);
  if (cluster === undefined) return;
  const pods = [outputsOf(cluster.resource).text("vpcConfig.clusterSecurityGroupId") ?? ""];
  const own = balancer.resource.texts("securityGroups");
  const port = group.resource.number("port") ?? 0;
  const end = (groupIds: readonly string[]) => ({ end: { ranges: [], groupIds }, port });
  if (!admits(platform, own, "egress", end(pods)) || !admits(platform, pods, "ingress", end(own)))
    record.violated(group, `"${name}" must be reached by "${balancer.resource.name}" on TCP ${port}.`);
  const ranges = rangesOf(platform, balancer.resource.texts("subnets"));
  for (const workload of boundTo(platform, group)) {
    const policies = networkPoliciesOf(platform, workload);
    const to = { pod: podOf(workload), port: { protocol: "TCP", number: port } as const };
    if (!ranges.every((address) => passes(policies, "ingress", { ...to, peer: { address } })))
      record.violated(workload, `"${workload.resource.name}" must admit "${balancer.resource.name}" on TCP ${port}.`);
  }
}

/** A name without a wildcard is a host of a rule that sends it on, before which no other rule takes all of its paths. */
function proveName(
  platform: Platform,
  { balancer, name }: { readonly balancer: Placed; readonly name: string },
  record: Recorder,
): void {
  if (name.startsWith("*")) return;
  record.count("names of load balancers");
  const arn = outputOf(balancer.resource, "arn");
  if (!isAnswered(platform, arn, name))
    record.violated(balancer, `"${balancer.resource.name}" must send ${name} to pods: the name leads to it.`);
  if (takesAll(platform, arn, name))
    record.violated(balancer, `"${balancer.resource.name}" must not refuse all paths of ${name}.`);
}

/** Whether a name is a host, or stands for it: `*` is one label, and the first (RFC 4592, RFC 6125). */
function stands(name: string, host: string): boolean {
  return name === host || name === `*.${host.split(".").slice(1).join(".")}`;
}
