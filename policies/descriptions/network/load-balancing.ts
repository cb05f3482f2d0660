import type { Descriptions } from "../description.ts";
import { CAPACITY, MEMBERSHIP, NAME, OWNER } from "../reasons.ts";

const HEALTH = "When a target takes requests.";

/** Elastic Load Balancing. */
export const LOAD_BALANCING: Descriptions = {
  "aws:lb/loadBalancer:LoadBalancer": {
    read: ["internal", "loadBalancerType", "region", "securityGroups", "tags"],
    inert: {
      enableDeletionProtection: "It only keeps the load balancer from being deleted.",
      idleTimeout: CAPACITY,
      name: NAME,
      subnets: "Where its addresses are: in public subnets where it faces the internet, which a rule reads.",
    },
    accepts: {
      desyncMitigationMode: ["defensive", "strictest"],
      dropInvalidHeaderFields: [true],
      ipAddressType: ["ipv4"],
    },
  },
  "aws:lb/listener:Listener": {
    read: [
      "defaultActions.redirect.protocol",
      "defaultActions.type",
      "loadBalancerArn",
      "protocol",
      "region",
      "sslPolicy",
      "tags",
    ],
    inert: {
      certificateArn: "Which name the load balancer proves to be its own.",
      "defaultActions.order": "The order of actions, all of which are read.",
      "defaultActions.redirect.port": "With the protocol that a rule asks for.",
      "defaultActions.redirect.statusCode": "How the caller is told.",
      port: "Where it listens; what is spoken there is read.",
    },
    unread: { "defaultActions.targetGroupArn": OWNER },
  },
  "aws:lb/targetGroup:TargetGroup": {
    read: ["region", "tags"],
    inert: { deregistrationDelay: CAPACITY, healthCheck: HEALTH, name: NAME, port: MEMBERSHIP, vpcId: MEMBERSHIP },
    accepts: { protocol: ["HTTPS", "HTTP"], targetType: ["ip"] },
  },
};
