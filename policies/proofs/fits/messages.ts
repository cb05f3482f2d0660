import { recordIn } from "../../../contracts/json.ts";
import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { findBy } from "../../facts/reach/find.ts";
import { statementsOf } from "../../facts/policy-document.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { settingsOf } from "../../facts/workloads.ts";
import type { Fit } from "./fit.ts";

const QUEUE = "aws:sqs/queue:Queue";
const BUS = "aws:cloudwatch/eventBus:EventBus";
const ARCHIVE = "aws:cloudwatch/eventArchive:EventArchive";

/** What workloads tell each other is for them alone, and is not lost: of each queue that one reads, of each bus that one tells. */
export function messageFits(platform: Platform): readonly Fit[] {
  const told = platform
    .ofType(TYPE.runtime, TYPE.deployment)
    .filter(({ stack }) => stack.isOurs)
    .flatMap((it) => namedBy(platform, it));
  const all = new Map(told.map((it) => [it.resource.urn, it]));
  return [...all.values()].flatMap((at): readonly Fit[] => {
    const name = `"${at.resource.name}"`;
    if (at.resource.type === BUS) return [closed(at), kept(at)];
    const failed = failuresOf(platform, at);
    const mend = `${name} must put a message that its reader fails at into another queue of its stack.`;
    return [
      closed(at),
      { at, isFit: () => failed !== undefined, mend },
      // What waits for an agent on AgentCore Runtime waits until that is called.
      ...(at.stack.address.environment.agentHosting === "eks" ? [watched(at, "ApproximateAgeOfOldestMessage")] : []),
      ...(failed === undefined ? [] : [closed(failed), watched(failed, "ApproximateNumberOfMessagesVisible")]),
    ];
  });
}

/** The queues and buses that a workload is told of. */
function namedBy(platform: Platform, { resource, stack }: Placed): readonly Placed[] {
  return settingsOf(resource).flatMap(({ name, read }) => {
    if (name.endsWith("_QUEUE_URL")) return findBy(platform, QUEUE, "url", read()) ?? [];
    if (name !== "EVENT_BUS") return [];
    const bus = stack.ofType(BUS).find((it) => it.text("name") === read());
    return bus === undefined ? [] : [{ resource: bus, stack }];
  });
}

/** Somebody is told of messages that nobody takes, and of those that nobody could work on. */
function watched(at: Placed, metric: string): Fit {
  const { resource: it, stack } = at;
  const isOn = (alarm: ResourceView): boolean =>
    alarm.text("namespace") === "AWS/SQS" &&
    alarm.text("metricName") === metric &&
    alarm.text("dimensions.QueueName") === outputOf(it, "name");
  return {
    at,
    isFit: () => stack.ofType("aws:cloudwatch/metricAlarm:MetricAlarm").some(isOn),
    mend: `"${it.name}" must have an alarm on ${metric}.`,
  };
}

/** What was said can be said again: to whom a fault kept it from, and who did not yet listen. */
function kept(at: Placed): Fit {
  const { resource: it, stack } = at;
  const isKept = (): boolean =>
    stack.ofType(ARCHIVE).some((one) => one.text("eventSourceArn") === outputOf(it, "arn") && !one.has("eventPattern"));
  return { at, isFit: isKept, mend: `"${it.name}" must have an archive of all that is said on it.` };
}

function closed(at: Placed): Fit {
  const { resource: it, stack } = at;
  const isOf = (policy: ResourceView): boolean =>
    it.type === BUS ? policy.text("eventBusName") === it.text("name") : policy.text("queueUrl") === outputOf(it, "url");
  const type = it.type === BUS ? "aws:cloudwatch/eventBusPolicy:EventBusPolicy" : "aws:sqs/queuePolicy:QueuePolicy";
  const isDenied = (): boolean =>
    stack.ofType(type).some((policy) => isOf(policy) && statementsOf(policy, "policy").some(({ denies }) => denies));
  return {
    at,
    isFit: isDenied,
    mend: `"${it.name}" must have a policy that denies its messages to all but named roles.`,
  };
}

/** The queue of the same stack into which messages go that failed some times. */
function failuresOf(platform: Platform, { resource, stack }: Placed): Placed | undefined {
  const to = targetIn(resource.text("redrivePolicy") ?? "{}");
  return platform.ofType(QUEUE).find((it) => it.stack === stack && outputOf(it.resource, "arn") === to);
}

function targetIn(text: string): unknown {
  const policy = recordIn(text);
  return Number(policy["maxReceiveCount"]) >= 1 ? policy["deadLetterTargetArn"] : undefined;
}
