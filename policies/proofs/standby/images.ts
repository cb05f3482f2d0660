import type { Platform } from "../../engine/platform.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { imagesOf, POD_TYPES } from "../../facts/workloads.ts";
import { type Copied, standbyIn } from "./copied.ts";

const REPOSITORY = "aws:ecr/repository:Repository";

/** The images of all workloads whose environment also deploys the standby, each with the repository there that `build` pushes to. */
export function imagesCopied(platform: Platform): readonly Copied[] {
  return platform.ofType(TYPE.runtime, ...POD_TYPES).flatMap((at) => {
    const standby = standbyIn(at.stack);
    if (standby === undefined || !(standby in at.stack.address.environment.regions)) return [];
    return [{ what: "workloads", at, standby, missing: () => missing(platform, { at, standby }) }];
  });
}

function missing(platform: Platform, { at, standby }: Pick<Copied, "at" | "standby">): string | undefined {
  const names = imagesOf(at.resource).map((it) => it.split("@")[0]?.split("/").slice(1).join("/"));
  const isThere = names.every((name) =>
    platform.ofType(REPOSITORY).some(({ resource: it }) => it.text("name") === name && it.region === standby),
  );
  return isThere ? undefined : `The image of "${at.resource.name}" must have a repository in ${standby}.`;
}
