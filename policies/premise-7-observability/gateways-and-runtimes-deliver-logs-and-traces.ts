import { CONTROL } from "../engine/frameworks.ts";
import { lookup } from "../engine/lookup.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule, type Fault } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, some } from "../engine/three-values.ts";

const DELIVERY = "aws:cloudwatch/logDelivery:LogDelivery";

export const gatewaysAndRuntimesDeliverLogsAndTraces = rule({
  premise: 7,
  id: "gateways-and-runtimes-deliver-logs-and-traces",
  severity: "high",
  description: "Gateways and runtimes deliver their logs and traces.",
  remediation: "Add a LogDeliverySource of that `logType` for it, and a LogDelivery from that source.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoLogging, CONTROL.pciAuditLogs],
  subjects: { types: [TYPE.gateway, TYPE.runtime] },
  judge: [
    (it, stack) => delivers(it, "TRACES", stack),
    // Application logs may hold request bodies, so `no-payload-logs-in-the-eu` forbids them for EU tenants.
    (it, stack) => (stack.residency === "eu" ? undefined : delivers(it, "APPLICATION_LOGS", stack)),
  ],
});

const deliveriesByName = lookup([DELIVERY], (it) => it.text("deliverySourceName"));

function delivers(it: ResourceView, logType: string, stack: StackIndex): Fault {
  const sources = stack
    .referrers(it, TYPE.logDeliverySource, "resourceArn")
    .filter((source) => source.text("logType") === logType);
  const isDelivered = some(sources, (source) => isRead(source, stack));
  return isDelivered ? undefined : absent(`"${it.name}" must deliver its ${logType}.`);
}

function isRead(source: ResourceView, stack: StackIndex): boolean {
  if (stack.referrers(source, DELIVERY, "deliverySourceName").length > 0) return true;
  return deliveriesByName(stack).find(source.text("name")).length > 0;
}
