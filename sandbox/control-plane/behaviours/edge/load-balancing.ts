import { type Behaviours, type Draft, alphanumeric, arn, hex, text } from "../behaviour.ts";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const LISTENER = "aws:lb/listener:Listener";

/** Elastic Load Balancing: ids are ARNs, of which CloudWatch's dimensions are the ends. */
export const LOAD_BALANCING: Behaviours = {
  [BALANCER]: {
    autoname: "name",
    unique: ["name"],
    id: (it) => arn("elasticloadbalancing", it, `loadbalancer/${suffix(it)}`),
    defaults: () => ({ internal: false, loadBalancerType: "application", ipAddressType: "ipv4" }),
    outputs: (it) => ({
      arn: it.id,
      arnSuffix: suffix(it),
      dnsName: `${text(it, "name")}-${Number.parseInt(hex(it, 8), 16)}.${it.region}.elb.amazonaws.com`,
      zoneId: `Z${alphanumeric(it, 13, "zone").toUpperCase()}`,
    }),
    replaces: ["internal", "loadBalancerType", "name"],
  },
  "aws:lb/targetGroup:TargetGroup": {
    autoname: "name",
    unique: ["name"],
    id: (it) => arn("elasticloadbalancing", it, `targetgroup/${text(it, "name")}/${hex(it, 16)}`),
    outputs: (it) => ({ arn: it.id, arnSuffix: `targetgroup/${text(it, "name")}/${hex(it, 16)}` }),
    references: { vpcId: "aws:ec2/vpc:Vpc" },
    replaces: ["name", "port", "protocol", "targetType", "vpcId"],
  },
  [LISTENER]: {
    unique: ["loadBalancerArn+port"],
    id: (it) => within(it, "listener", "loadBalancerArn"),
    outputs: (it) => ({ arn: it.id }),
    references: { loadBalancerArn: BALANCER },
    replaces: ["loadBalancerArn"],
  },
  "aws:lb/listenerRule:ListenerRule": {
    unique: ["listenerArn+priority"],
    id: (it) => within(it, "listener-rule", "listenerArn"),
    // AWS gives the next that is free, which depends on the order; here it is any of the later ones, and the same each time.
    defaults: (it) => ({ priority: 1_000 + (Number.parseInt(hex(it, 8, "priority"), 16) % 49_000) }),
    outputs: (it) => ({ arn: it.id }),
    references: { listenerArn: LISTENER },
    replaces: ["listenerArn"],
  },
};

function suffix(it: Draft): string {
  return `app/${text(it, "name")}/${hex(it, 16)}`;
}

/** The ARN of a part of something else: AWS writes the parent's name and id into it. */
function within(it: Draft, kind: string, parent: string): string {
  const [, ...path] = text(it, parent).split("/");
  return arn("elasticloadbalancing", it, [kind, ...path, hex(it, 16)].join("/"));
}
