import type { Placed, Platform } from "../../../engine/platform.ts";
import { TYPE } from "../../../facts/resource-types.ts";

/** The functions that a gateway asks about each call, as far as they are declared. */
export function interceptorsOf(platform: Platform, { resource }: Placed): readonly Placed[] {
  return resource
    .list("interceptorConfigurations")
    .map((it) => platform.ofArn(it.text("interceptor.lambda.arn") ?? ""))
    .filter((it) => it?.resource.type === TYPE.function)
    .filter((it) => it !== undefined);
}
