import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import { every } from "../engine/three-values.ts";
import { containersOf, POD_TYPES } from "../facts/workloads.ts";

export const imagesArePinnedByDigest = rule({
  premise: 6,
  id: "images-are-pinned-by-digest",
  severity: "high",
  description: "Workloads run exactly the image or package that was released: a tag can be moved, a digest cannot.",
  remediation: "Append `@sha256:` and the digest to the image; give a package of code its `versionId`.",
  frameworks: [CONTROL.soc2Change, CONTROL.isoConfiguration, CONTROL.pciChange],
  subjects: {
    types: [TYPE.runtime, TYPE.function, ...POD_TYPES],
    where: (it) => it.type !== TYPE.function || it.text("packageType") === "Image" || it.has("imageUri"),
  },
  judge: (it) => (isPinned(it) ? undefined : `"${it.name}" must name its images by digest.`),
});

function isPinned(it: ResourceView): boolean {
  if (it.type === TYPE.function) return isDigest(it.text("imageUri"));
  if (it.type === TYPE.runtime) return isPinnedRuntime(it);
  const containers = containersOf(it, { withInit: true });
  return containers.length > 0 && every(containers, (container) => isDigest(container.text("image")));
}

/** A runtime runs an image, or a package of code in Amazon S3, of which a version cannot be overwritten. */
function isPinnedRuntime(it: ResourceView): boolean {
  if (isDigest(it.text("agentRuntimeArtifact.containerConfiguration.containerUri"))) return true;
  return (it.text("agentRuntimeArtifact.codeConfiguration.code.s3.versionId") ?? "") !== "";
}

function isDigest(image: string | undefined): boolean {
  return image !== undefined && /@sha256:[0-9a-f]{64}$/.test(image);
}
