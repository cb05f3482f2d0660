import { CANARY_METRICS } from "../../../contracts/records/metrics.ts";
import { TAG } from "../../../contracts/tags.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { absent, some } from "../../engine/three-values.ts";
import { bundleOf } from "../../facts/bundle.ts";
import { AUTHORIZER } from "../../facts/identity/issuers.ts";
import { byOutput, referred } from "../../facts/reference.ts";
import { TYPE } from "../../facts/resource-types.ts";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** For how long, in seconds, a gateway may list nothing before somebody hears: five looks of a minute. */
const MOST_SECONDS = 300;

export const gatewaysAreTried = rule({
  premise: 7,
  id: "gateways-are-tried",
  severity: "high",
  description:
    "A gateway that machines may call is tried by a canary, and somebody hears within five minutes that it does not answer, or that nobody tried: metrics of calls say nothing while nobody calls.",
  remediation:
    'Declare a GatewayCanary for the gateway, with an alarm on Answered whose `treatMissingData` is "breaching".',
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring],
  subjects: {
    types: [TYPE.gateway],
    where: (it, stack) => stack.isOurs && stack.tenant !== undefined && it.has(`${AUTHORIZER}.allowedClients`),
  },
  judge: [
    (it, stack) =>
      some(stack.ofType(TYPE.function), (one) => tries(one, it, stack))
        ? undefined
        : absent(`"${it.name}" must have a canary that is told its URL.`),
    (it, stack) =>
      some(stack.ofType(ALARM), (one) => watches(one, it, stack))
        ? undefined
        : absent(`"${it.name}" must have an alarm that rings when its canary is not answered, or does not run.`),
  ],
});

function tries(one: ResourceView, gateway: ResourceView, stack: StackIndex): boolean {
  if (bundleOf(one) !== "gateway-canary") return false;
  const read = () => one.text("environment.variables.CANARY_GATEWAY_URL");
  return referred({ of: one, input: "environment", read }, byOutput(TYPE.gateway, "gatewayUrl"), stack) === gateway;
}

function watches(one: ResourceView, gateway: ResourceView, { tenant }: StackIndex): boolean {
  const seconds = (one.number("period") ?? Infinity) * (one.number("evaluationPeriods") ?? Infinity);
  return (
    one.text("namespace") === CANARY_METRICS &&
    one.text("metricName") === "Answered" &&
    one.text("dimensions.tenant") === tenant &&
    one.text("dimensions.scenario") === gateway.tag(TAG.scenario) &&
    one.text("statistic") === "Maximum" &&
    one.text("treatMissingData") === "breaching" &&
    seconds <= MOST_SECONDS
  );
}
