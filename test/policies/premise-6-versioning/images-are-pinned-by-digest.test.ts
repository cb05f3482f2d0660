import { imagesArePinnedByDigest } from "../../../policies/premise-6-versioning/images-are-pinned-by-digest.ts";
import { testRule } from "../../support/rule-tester.ts";
import { agentOf, imageOf, onCluster, runtimeOf, served } from "../programs.ts";

function runtime(reference: string): void {
  const opts = served();
  const containerUri = imageOf("other", opts, reference);
  runtimeOf("database", opts, { agentRuntimeArtifact: { containerConfiguration: { containerUri } } });
}

testRule(imagesArePinnedByDigest, {
  accepts: { "an image by digest": () => void runtimeOf("database", served()) },
  rejects: {
    "an image by tag": [() => runtime(":3.0.0"), '"database" must name its images by digest.'],
    "an image by nothing": [() => runtime(""), '"database" must name its images by digest.'],
    "code that is no image": [
      () => void runtimeOf("database", served(), { agentRuntimeArtifact: {} }),
      '"database" must name its images by digest.',
    ],
  },
});

testRule(
  imagesArePinnedByDigest,
  {
    accepts: { "a Deployment with an image by digest": () => void agentOf("coordinator", onCluster()) },
    rejects: {
      "a Deployment with an image by tag": [
        () => void agentOf("coordinator", onCluster(), { container: { image: "registry.example.com/agent:latest" } }),
        '"coordinator" must name its images by digest.',
      ],
      "a Deployment that prepares with an image by tag": [
        () => void agentOf("coordinator", onCluster(), { initContainers: [{ name: "prepare", image: "busybox:1" }] }),
        '"coordinator" must name its images by digest.',
      ],
    },
  },
  { preview: "realistic" },
);
