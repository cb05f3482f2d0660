import { outputOf } from "../../../engine/output.ts";
import type { Platform } from "../../../engine/platform.ts";
import { type Host } from "../../../facts/reach/host.ts";
import type { Call } from "../../../facts/reach/permission.ts";
import { endOf, endpointOf, letsThrough, receives } from "../../../facts/reach/private-endpoint.ts";
import { roleChecks } from "./role-checks.ts";
import { cutUnless, type HopCheck } from "./walk.ts";

type CallHop = "send" | "endpoint" | "endpoint-policy" | "identity" | "boundary";

/** The checks of calls of one AWS service that a workload makes as its role, all of which must be possible. */
export function callChecks(
  platform: Platform,
  host: Host,
  { service, calls }: { readonly service: string; readonly calls: () => readonly Call[] },
): { readonly [H in CallHop]: HopCheck } {
  const { placed, role, vpcId } = host;
  const name = placed.resource.name;
  const endpoint = () => endpointOf(platform, vpcId, service);
  return {
    send: () => {
      const target = endpoint();
      if (target === undefined) return undefined;
      const sends = host.sends(endOf(platform, target), 443);
      return cutUnless(sends, placed, `"${name}" must be able to send to the endpoint of ${service} on TCP 443.`);
    },
    endpoint: () => {
      const target = endpoint();
      const mend = `The VPC must have a private endpoint of ${service} with private DNS that admits "${name}".`;
      return cutUnless(target !== undefined && receives(platform, target, host), target ?? placed, mend);
    },
    "endpoint-policy": () => {
      const target = endpoint();
      if (target === undefined || role === undefined) return undefined;
      const refused = calls().find((it) => !letsThrough(target, outputOf(role.resource, "arn"), it));
      const mend = `"${target.resource.name}" must let ${refused?.action ?? ""} through.`;
      return cutUnless(refused === undefined, target, mend);
    },
    ...roleChecks(platform, role, calls),
  };
}
