import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import { every } from "../engine/three-values.ts";
import { containersOf } from "../facts/workloads.ts";

export const imagesArePinnedByDigest = rule({
  premise: 6,
  id: "images-are-pinned-by-digest",
  severity: "high",
  description: "Workloads run exactly the image that was released: a tag can be moved, a digest cannot.",
  remediation: "Append `@sha256:` and the digest to the image.",
  frameworks: [CONTROL.soc2Change, CONTROL.isoConfiguration, CONTROL.pciChange],
  subjects: { types: [TYPE.runtime, TYPE.deployment, TYPE.statefulSet, TYPE.daemonSet] },
  judge: (it) => (isPinned(it) ? undefined : `"${it.name}" must name its images by digest.`),
});

function isPinned(it: ResourceView): boolean {
  if (it.type === TYPE.runtime) {
    return isDigest(it.text("agentRuntimeArtifact.containerConfiguration.containerUri"));
  }
  const containers = containersOf(it, { withInit: true });
  return containers.length > 0 && every(containers, (container) => isDigest(container.text("image")));
}

function isDigest(image: string | undefined): boolean {
  return image !== undefined && /@sha256:[0-9a-f]{64}$/.test(image);
}
