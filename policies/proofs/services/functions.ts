import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { grantsOf } from "../../facts/grants/documents.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { callOn, type Deed, onBehalfOf } from "./deed.ts";

/** EventBridge calls the functions that rules name, as the functions permit it. */
export function functionDeeds(platform: Platform): readonly Deed[] {
  return platform.ofType("aws:cloudwatch/eventTarget:EventTarget").flatMap((target) => {
    const called = platform.ofArn(target.resource.text("arn") ?? "");
    if (called?.resource.type !== TYPE.function) return [];
    const rule = target.stack
      .ofType("aws:cloudwatch/eventRule:EventRule")
      .find((it) => it.text("name") === target.resource.text("rule"));
    if (rule === undefined) return [];
    return [calling(platform, called, outputOf(rule, "arn"), `"${rule.name}" calls it`)];
  });
}

function calling(platform: Platform, called: Placed, source: string, why: string): Deed {
  const arn = outputOf(called.resource, "arn");
  const name = called.resource.text("name") ?? "";
  const permissions = platform
    .ofType(TYPE.lambdaPermission)
    .filter(({ resource, stack }) => stack === called.stack && [arn, name].includes(resource.text("function") ?? ""));
  const statements = permissions.flatMap(({ resource }) => grantsOf(resource, "resource"));
  // A permission names the function by its name or by its ARN.
  const named = statements.some(({ resources }) => resources.includes(name)) ? name : arn;
  const calls = [callOn("lambda:InvokeFunction", named, onBehalfOf(source))];
  return { who: "events.amazonaws.com", calls, at: called, statements, why };
}
