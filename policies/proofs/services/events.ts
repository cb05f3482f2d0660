import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { statementsOf } from "../../facts/policy-document.ts";
import { callOn, type Deed, onBehalfOf } from "./deed.ts";

const QUEUE = "aws:sqs/queue:Queue";
const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";

/** EventBridge sends events to queues as their policies let it (Amazon EventBridge user guide, "Using resource-based policies"). */
export function eventDeeds(platform: Platform): readonly Deed[] {
  return platform.ofType("aws:cloudwatch/eventTarget:EventTarget").flatMap((it) => sending(platform, it));
}

function sending(platform: Platform, { resource: target, stack }: Placed): readonly Deed[] {
  const arn = target.text("arn") ?? "";
  const queue = platform.ofArn(arn);
  const rule = stack.ofType("aws:cloudwatch/eventRule:EventRule").find((it) => it.text("name") === target.text("rule"));
  if (queue?.resource.type !== QUEUE || rule === undefined) return [];
  const url = outputOf(queue.resource, "url");
  const policy = platform.ofType(QUEUE_POLICY).find(({ resource }) => resource.text("queueUrl") === url);
  const statements = policy === undefined ? [] : statementsOf(policy.resource, "policy").filter((it) => it.allows);
  const calls = [callOn("sqs:SendMessage", arn, onBehalfOf(outputOf(rule, "arn")))];
  const why = `"${rule.name}" sends events to "${queue.resource.name}"`;
  return [{ who: "events.amazonaws.com", calls, at: policy ?? queue, statements, why }];
}
