import type { Descriptions } from "../description.ts";
import { CAPACITY, MEMBERSHIP, NAME, TAGS } from "../reasons.ts";

const HEALTH = "Which pods get requests; what they answer is theirs to say.";

/** Elastic Load Balancing. */
export const LOAD_BALANCING: Descriptions = {
  "aws:lb/loadBalancer:LoadBalancer": {
    read: [
      "accessLogs.bucket",
      "accessLogs.enabled",
      "desyncMitigationMode",
      "dropInvalidHeaderFields",
      "internal",
      "loadBalancerType",
      "region",
      "securityGroups",
      "subnets",
    ],
    inert: {
      enableDeletionProtection: "It only keeps the load balancer from being deleted.",
      idleTimeout: CAPACITY,
      name: NAME,
      tags: TAGS,
    },
    accepts: { ipAddressType: ["ipv4"] },
  },
  "aws:lb/listener:Listener": {
    read: ["certificateArn", "defaultActions", "loadBalancerArn", "protocol", "region", "sslPolicy"],
    inert: {
      port: "Security groups say which ports the internet reaches.",
      tags: TAGS,
    },
  },
  "aws:lb/listenerRule:ListenerRule": {
    read: ["actions", "conditions", "listenerArn", "priority", "region"],
    inert: { tags: TAGS },
  },
  "aws:lb/targetGroup:TargetGroup": {
    read: ["protocol", "region", "tags"],
    inert: {
      deregistrationDelay: "How long a pod that leaves is waited for.",
      healthCheck: HEALTH,
      name: NAME,
      port: "A TargetGroupBinding names the port of each pod.",
      vpcId: MEMBERSHIP,
    },
    accepts: { targetType: ["ip"] },
  },
};
