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

/** What workloads tell each other is for them alone, and is not lost: of each queue that one reads, of each bus that one tells. */
export function messageFits(platform: Platform): readonly Fit[] {
  const told = platform
    .ofType(TYPE.runtime, TYPE.deployment)
    .filter(({ stack }) => stack.isOurs)
    .flatMap((it) => namedBy(platform, it));
  const all = new Map(told.map((it) => [it.resource.urn, it]));
  return [...all.values()].flatMap((at): readonly Fit[] => {
    const name = `"${at.resource.name}"`;
    if (at.resource.type === BUS) return [closed(at)];
    const failed = failuresOf(platform, at);
    const mend = `${name} must put a message that its reader fails at into another queue of its stack.`;
    return [
      closed(at),
      { at, isFit: () => failed !== undefined, mend },
      ...(failed === undefined ? [] : [closed(failed)]),
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
