import { isRecord } from "../../contracts/json.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { TYPE } from "./resource-types.ts";
import { containersOf, POD_TYPES } from "./workloads.ts";

const IMAGE = "agentRuntimeArtifact.containerConfiguration.containerUri";

/** The bundle that a function, a runtime or a pod runs, by the file or the image that it names; `undefined` where it names none of ours. */
export function bundleOf(it: ResourceView): string | undefined {
  if (it.type === TYPE.runtime) return bundleOfImage(it.text(IMAGE));
  if (POD_TYPES.includes(it.type)) return bundleOfPod(it);
  const program = it.at("code.assets", "index.mjs");
  const path = isRecord(program) && typeof program["path"] === "string" ? program["path"] : "";
  return /\/dist\/([\w-]+)\/index\.mjs$/.exec(path.replaceAll("\\", "/"))?.[1];
}

function bundleOfImage(image: string | undefined): string | undefined {
  return /\/alicerce\/([\w-]+)@sha256:/.exec(image ?? "")?.[1];
}

/** A pod runs a bundle if each of its containers does. */
function bundleOfPod(it: ResourceView): string | undefined {
  const bundles = containersOf(it, { withInit: true }).map((container) => bundleOfImage(container.text("image")));
  const [bundle, ...others] = new Set(bundles);
  return others.length > 0 ? undefined : bundle;
}
