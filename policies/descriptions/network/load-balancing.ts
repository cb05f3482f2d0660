import type { Accepted, Descriptions } from "../description.ts";
import { CAPACITY, MEMBERSHIP, NAME, TAGS, TEXT } from "../reasons.ts";

const HEALTH = "Which pods get requests; what they answer is theirs to say.";

/** Elastic Load Balancing. */
export const LOAD_BALANCING: Descriptions = {
  "aws:lb/loadBalancer:LoadBalancer": {
    read: ["accessLogs.bucket", "internal", "region", "securityGroups", "subnets"],
    inert: {
      enableDeletionProtection: "It only keeps the load balancer from being deleted.",
      idleTimeout: CAPACITY,
      name: NAME,
      tags: TAGS,
    },
    accepts: {
      "accessLogs.enabled": [true],
      desyncMitigationMode: ["defensive", "strictest"],
      dropInvalidHeaderFields: [true],
      ipAddressType: ["ipv4"],
      loadBalancerType: ["application"],
    },
    needs: ["accessLogs.enabled", "dropInvalidHeaderFields", "securityGroups", "subnets"],
  },
  "aws:lb/listener:Listener": {
    read: [...actionsRead("defaultActions"), "certificateArn", "loadBalancerArn", "region"],
    inert: {
      ...actionsInert("defaultActions"),
      port: "Security groups say which ports the internet reaches.",
      tags: TAGS,
    },
    accepts: {
      ...actionsAccepted("defaultActions"),
      protocol: ["HTTPS", "HTTP"],
      sslPolicy: ["ELBSecurityPolicy-TLS13-1-3-2021-06", "ELBSecurityPolicy-TLS13-1-2-2021-06"],
    },
    needs: ["defaultActions.type", "protocol"],
  },
  "aws:lb/listenerRule:ListenerRule": {
    read: [...actionsRead("actions"), "conditions", "listenerArn", "priority", "region"],
    inert: { ...actionsInert("actions"), tags: TAGS },
    accepts: actionsAccepted("actions"),
    needs: ["actions.type", "priority"],
  },
  "aws:lb/targetGroup:TargetGroup": {
    read: ["port", "region", "tags"],
    inert: {
      deregistrationDelay: "How long a pod that leaves is waited for.",
      healthCheck: HEALTH,
      name: NAME,
      vpcId: MEMBERSHIP,
    },
    accepts: { protocol: ["HTTPS", "HTTP"], targetType: ["ip"] },
    needs: ["protocol"],
  },
};

/** What a listener or a rule does with a request, at the path of its actions. */
function actionsRead(path: string): readonly string[] {
  return ["forward", "redirect.protocol", "targetGroupArn", "type"].map((it) => `${path}.${it}`);
}

function actionsInert(path: string): Readonly<Record<string, string>> {
  return {
    [`${path}.fixedResponse.messageBody`]: TEXT,
    [`${path}.order`]: "Where there is one action, it has no order.",
  };
}

function actionsAccepted(path: string): Readonly<Record<string, readonly Accepted[]>> {
  return {
    [`${path}.fixedResponse.contentType`]: ["text/plain", "application/json"],
    [`${path}.fixedResponse.statusCode`]: ["403", "404", "503"],
    [`${path}.redirect.port`]: ["443"],
    [`${path}.redirect.statusCode`]: ["HTTP_301", "HTTP_302"],
  };
}
