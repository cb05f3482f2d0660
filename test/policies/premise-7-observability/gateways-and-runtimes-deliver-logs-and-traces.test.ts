import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { gatewaysAndRuntimesDeliverLogsAndTraces } from "../../../policies/premise-7-observability/gateways-and-runtimes-deliver-logs-and-traces.ts";
import { testRule } from "../../support/rule-tester.ts";
import { gatewayOf, runtimeOf, served } from "../programs.ts";

type Destination = Omit<aws.cloudwatch.LogDeliveryDestinationArgs, "name">;

interface Delivery {
  readonly isRead?: boolean;
  /** The ARN of the log group to which lines are delivered. */
  readonly where?: string;
}

/** Delivers what a resource writes, unless its source is read by nobody. */
function deliver(
  resourceArn: pulumi.Input<string>,
  logTypes: readonly string[],
  opts: pulumi.CustomResourceOptions,
  { isRead = true, where }: Delivery = {},
): void {
  for (const logType of logTypes) {
    const source = new aws.cloudwatch.LogDeliverySource(logType, { name: logType, resourceArn, logType }, opts);
    if (!isRead) continue;
    const destination = new aws.cloudwatch.LogDeliveryDestination(
      logType,
      { name: logType, ...(logType === "TRACES" ? { deliveryDestinationType: "XRAY" } : lines(opts, where)) },
      opts,
    );
    const args = { deliverySourceName: source.name, deliveryDestinationArn: destination.arn };
    new aws.cloudwatch.LogDelivery(logType, args, opts);
  }
}

/** Log lines go to a log group of the stack, unless it is said where. */
function lines(opts: pulumi.CustomResourceOptions, where?: string): Destination {
  const destinationResourceArn = where ?? new aws.cloudwatch.LogGroup("lines", {}, opts).arn;
  return { deliveryDestinationType: "CWL", deliveryDestinationConfiguration: { destinationResourceArn } };
}

function runtime(logTypes: readonly string[], delivery?: Delivery): void {
  const opts = served();
  deliver(runtimeOf("database", opts).agentRuntimeArn, logTypes, opts, delivery);
}

function gateway(logTypes: readonly string[]): void {
  const opts = served();
  deliver(gatewayOf("mcp", opts).gatewayArn, logTypes, opts);
}

const BOTH = ["APPLICATION_LOGS", "TRACES"];
const TRACES = '"database" must deliver its TRACES.';
const LOGS = '"database" must deliver its APPLICATION_LOGS.';

testRule(gatewaysAndRuntimesDeliverLogsAndTraces, {
  accepts: {
    "a runtime of the EU with traces only": () => runtime(["TRACES"]),
    "a gateway of the EU with traces only": () => gateway(["TRACES"]),
  },
  rejects: {
    "a runtime that delivers nothing": [() => runtime([]), TRACES],
    "a runtime without traces": [() => runtime(["APPLICATION_LOGS"]), TRACES],
    "sources that nobody reads": [() => runtime(BOTH, { isRead: false }), TRACES],
  },
});

testRule(
  gatewaysAndRuntimesDeliverLogsAndTraces,
  {
    accepts: {
      "a gateway of the US with both": () => gateway(BOTH),
      "a runtime of the US with both": () => runtime(BOTH),
    },
    rejects: {
      "a runtime of the US that delivers nothing": [() => runtime([]), TRACES, LOGS],
      "a runtime of the US without logs": [() => runtime(["TRACES"]), LOGS],
      "sources of the US that nobody reads": [() => runtime(BOTH, { isRead: false }), TRACES, LOGS],
      "logs for another account": [
        () => runtime(BOTH, { where: "arn:aws:logs:us-east-1:444455556666:log-group:lines" }),
        LOGS,
      ],

      "a gateway of the US without logs": [() => gateway(["TRACES"]), '"mcp" must deliver its APPLICATION_LOGS.'],
    },
  },
  { stack: "production.us-east-1.acme-corp" },
);
