import type { ResourceView } from "../../engine/resource-view.ts";
import { TYPE } from "../resource-types.ts";

/** The types of load balancers: `alb` is the older name of `lb`, and `elb` the first generation. */
export const LOAD_BALANCERS: readonly string[] = [
  TYPE.loadBalancer,
  "aws:alb/loadBalancer:LoadBalancer",
  "aws:elb/loadBalancer:LoadBalancer",
];

/** Whether a load balancer has public addresses: unless its program says that it is internal. */
export function isInternetFacing(it: ResourceView): boolean {
  return it.flag("internal") !== true;
}

/** Whether a load balancer takes HTTP requests, which a web ACL can read, and not connections. */
export function takesRequests(it: ResourceView): boolean {
  return !it.type.startsWith("aws:elb/") && (it.text("loadBalancerType") ?? "application") === "application";
}
