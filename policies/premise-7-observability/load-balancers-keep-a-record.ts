import { CONTROL } from "../engine/frameworks.ts";
import { rule } from "../engine/rule.ts";
import { isInternetFacing } from "../facts/network/load-balancers.ts";
import { byOutput, type Reference, referred } from "../facts/reference.ts";
import { TYPE } from "../facts/resource-types.ts";

export const loadBalancersKeepARecord = rule({
  premise: 7,
  id: "load-balancers-keep-a-record",
  severity: "high",
  description: "Every request to a load balancer that faces the internet leaves a record in a bucket of its own stack.",
  remediation: "Set `accessLogs.enabled`, and `accessLogs.bucket` to a bucket of the same stack.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoLogging, CONTROL.pciAuditLogs],
  subjects: { types: [TYPE.loadBalancer], where: isInternetFacing },
  judge: (it, stack) => {
    const bucket: Reference = { of: it, input: "accessLogs", read: () => it.text("accessLogs.bucket") };
    return it.flag("accessLogs.enabled") === true && referred(bucket, byOutput(TYPE.bucket, "bucket"), stack)
      ? undefined
      : `"${it.name}" must record its requests in a bucket of its own stack.`;
  },
});
