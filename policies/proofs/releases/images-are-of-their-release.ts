import { KIND, LABEL, TAG } from "../../../contracts/tags.ts";
import { releasedDigest } from "../../../releases/released-digests.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import type { Placed } from "../../engine/platform.ts";
import { proof, type Recorder } from "../../engine/proof.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { imagesOf, isMcpRuntime, workloads } from "../../facts/workloads.ts";

/** What a workload says that it is, compared with what was released as that: an old image under a new version, or another service's, is found. */
export const imagesAreOfTheirRelease = proof({
  premise: 6,
  id: "images-are-of-their-release",
  severity: "high",
  description:
    "The images of every MCP server, agent and BFF are those that were released as the service and the version that it says it is.",
  remediation: "Take image and version from the same release of `releases/releases.ts`.",
  frameworks: [CONTROL.soc2Change, CONTROL.isoConfiguration, CONTROL.pciChange],
  prove: (platform, record) => {
    for (const placed of platform.ofType(...workloads.types))
      record.guarded(placed, () => {
        if (placed.stack.isOurs && workloads.where?.(placed.resource, placed.stack) === true) compare(placed, record);
      });
  },
});

function compare(placed: Placed, record: Recorder): void {
  const { resource: it } = placed;
  const repository = repositoryOf(placed);
  const version = (it.type === TYPE.runtime ? it.tag(TAG.version) : it.label(LABEL.version)) ?? "";
  const digest = releasedDigest(repository, version);
  if (digest === undefined) {
    record.violated(placed, `"${it.name}" must be a release: nothing was released as ${repository} ${version}.`);
    return;
  }
  const images = imagesOf(it);
  record.count("images of releases", images.length);
  if (images.length > 0 && images.every((image) => image.endsWith(`/alicerce/${repository}@${digest}`))) return;
  record.violated(placed, `"${it.name}" must run the image that was released as ${repository} ${version}.`);
}

/** The repository of a service: servers and agents leave their kind out of what they say. */
function repositoryOf({ resource: it }: Placed): string {
  if (it.type === TYPE.runtime) return `${isMcpRuntime(it) ? "mcp" : "agent"}-${it.tag(TAG.service) ?? ""}`;
  const name = it.label(LABEL.name) ?? "";
  return it.label(LABEL.kind) === KIND.bff ? name : `agent-${name}`;
}
