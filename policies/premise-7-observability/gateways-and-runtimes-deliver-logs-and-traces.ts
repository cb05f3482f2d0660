import { CONTROL } from "../engine/frameworks.ts";
import { byOutput, namersOf, type Naming, referenceOf, referred, refersTo } from "../facts/reference.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule, type Fault } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, some } from "../engine/three-values.ts";

const SOURCES: Naming = { types: [TYPE.logDeliverySource], input: "resourceArn" };
const DELIVERIES: Naming = { types: ["aws:cloudwatch/logDelivery:LogDelivery"], input: "deliverySourceName" };
const DESTINATION = "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination";

export const gatewaysAndRuntimesDeliverLogsAndTraces = rule({
  premise: 7,
  id: "gateways-and-runtimes-deliver-logs-and-traces",
  severity: "high",
  description: "Gateways and runtimes deliver their logs and traces.",
  remediation:
    "Add a LogDeliverySource of that `logType` for it, and a LogDelivery from that source to X-Ray, or to a log group of the same stack.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoLogging, CONTROL.pciAuditLogs],
  subjects: { types: [TYPE.gateway, TYPE.runtime] },
  judge: [
    (it, stack) => delivers(it, "TRACES", stack),
    // Application logs may hold request bodies, so `no-payload-logs-in-the-eu` forbids them for EU tenants.
    (it, stack) => (stack.residency === "eu" ? undefined : delivers(it, "APPLICATION_LOGS", stack)),
  ],
});

function delivers(it: ResourceView, logType: string, stack: StackIndex): Fault {
  const sources = namersOf(it, SOURCES, [it.type === TYPE.gateway ? "gatewayArn" : "agentRuntimeArn"], stack);
  const isDelivered = some(sources, (source) => source.text("logType") === logType && isRead(source, logType, stack));
  return isDelivered ? undefined : absent(`"${it.name}" must deliver its ${logType}.`);
}

function isRead(source: ResourceView, logType: string, stack: StackIndex): boolean {
  return some(namersOf(source, DELIVERIES, ["name"], stack), (delivery) => {
    const named = referenceOf(delivery, "deliveryDestinationArn");
    const destination = referred(named, byOutput(DESTINATION, "arn"), stack);
    return destination !== undefined && isKept(destination, logType, stack);
  });
}

/** Whether a destination is of the stack: X-Ray for traces, a log group or a bucket of the same stack for what is written. */
function isKept(destination: ResourceView, logType: string, stack: StackIndex): boolean {
  const kind = destination.text("deliveryDestinationType");
  if (kind === "XRAY") return logType === "TRACES";
  const path = "deliveryDestinationConfiguration.destinationResourceArn";
  const named = {
    of: destination,
    input: "deliveryDestinationConfiguration",
    read: () => destination.text(path)?.replace(/:\*$/, ""),
  };
  return refersTo(named, byOutput([TYPE.logGroup, TYPE.bucket], "arn"), stack);
}
