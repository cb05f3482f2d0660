import { eventsOf, type HeardKind } from "../../../contracts/agents/choreography.ts";
import { recordIn } from "../../../contracts/json.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";

const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";

/** A rule of a bus, with the ARNs of its targets. */
export interface EventRoute {
  readonly rule: ResourceView;
  readonly targets: readonly string[];
}

/** The rules of a stack on the bus of a name. */
export function routesOn(stack: StackIndex, busName: string): readonly EventRoute[] {
  const targets = stack.ofType(TARGET);
  return stack
    .ofType(RULE)
    .filter((it) => it.text("eventBusName") === busName)
    .map((rule) => {
      const own = targets.filter((it) => it.text("rule") === rule.text("name"));
      return { rule, targets: own.map((it) => it.text("arn") ?? "") };
    });
}

/** Whether a rule takes this kind of event. A pattern with anything but whole texts of source and type is not understood, and takes nothing. */
export function takes({ rule }: EventRoute, { from, type }: HeardKind): boolean {
  const { source, "detail-type": types, ...others } = recordIn(rule.text("eventPattern") ?? "{}");
  return Object.keys(others).length === 0 && has(source, from) && (types === undefined || has(types, type));
}

/** Whether a rule takes this kind of event and no other. */
export function takesOnly({ rule }: EventRoute, { from, type }: HeardKind): boolean {
  const { source, "detail-type": types, ...others } = recordIn(rule.text("eventPattern") ?? "{}");
  return Object.keys(others).length === 0 && JSON.stringify([source, types]) === JSON.stringify([[from], [type]]);
}

function has(texts: unknown, text: string | undefined): boolean {
  return Array.isArray(texts) && texts.includes(text);
}

/** The condition keys of the calls by which the code of a bundle says events: under its own source, and of each of its types. */
export function sayingOf(bundle: string): readonly Readonly<Record<string, string>>[] {
  const [, kind, name = ""] = /^(agent|bff)-(.+)$/.exec(bundle) ?? [];
  if (kind === undefined) return [];
  const source = { "events:source": `${kind}.${name}` };
  if (kind === "bff") return [source];
  return (eventsOf(name)?.tells ?? []).map((type) => ({ ...source, "events:detail-type": type }));
}

/** The name of the bundle that says events under a source. */
export function bundleOfSource(source: string): string {
  return source.replace(".", "-");
}

/** The queue with an ARN that one of the plans declares. */
export function queueOf(platform: Platform, arn: string): Placed | undefined {
  const found = platform.ofArn(arn);
  return found?.resource.type === "aws:sqs/queue:Queue" ? found : undefined;
}
