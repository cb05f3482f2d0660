import { imagesArePinnedByDigest } from "../../../policies/premise-6-versioning/images-are-pinned-by-digest.ts";
import { testRule } from "../../support/rule-tester.ts";
import type { Plan } from "../../../plan/model.ts";
import { agentOf, DIGEST, imageOf, onCluster, planOf, runtimeOf, served } from "../programs.ts";

function runtime(reference: string): void {
  const opts = served();
  const containerUri = imageOf("other", opts, reference);
  runtimeOf("database", opts, { agentRuntimeArtifact: { containerConfiguration: { containerUri } } });
}

/** A runtime from a package of code in Amazon S3. */
function code(version: { readonly versionId?: string }): void {
  const s3 = { bucket: "code", prefix: "database.zip", ...version };
  const codeConfiguration = { code: { s3 }, entryPoints: ["main.py"], runtime: "PYTHON_3_13" };
  runtimeOf("database", served(), { agentRuntimeArtifact: { codeConfiguration } });
}

function lambda(imageUri: string): Plan {
  return planOf({ type: "aws:lambda/function:Function", name: "setup", inputs: { packageType: "Image", imageUri } });
}

function cronJob(image: string): Plan {
  const spec = { jobTemplate: { spec: { template: { spec: { containers: [{ image }] } } } } };
  return planOf({ type: "kubernetes:batch/v1:CronJob", name: "nightly", inputs: { spec } });
}

testRule(imagesArePinnedByDigest, {
  accepts: {
    "an image by digest": () => void runtimeOf("database", served()),
    "a package of code by its version": () => code({ versionId: "3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY" }),
    "a function from an image by digest": lambda(`registry.example.com/setup@${DIGEST}`),
    "a job from an image by digest": cronJob(`registry.example.com/job@${DIGEST}`),
  },
  rejects: {
    "an image by tag": [() => runtime(":3.0.0"), '"database" must name its images by digest.'],
    "a package of code that may be overwritten": [() => code({}), '"database" must name its images by digest.'],
    "a function from an image by tag": [
      lambda("registry.example.com/setup:latest"),
      '"setup" must name its images by digest.',
    ],
    "a job from an image by tag": [
      cronJob("registry.example.com/job:latest"),
      '"nightly" must name its images by digest.',
    ],
    "an image by nothing": [() => runtime(""), '"database" must name its images by digest.'],
    "code that is no image": [
      () => void runtimeOf("database", served(), { agentRuntimeArtifact: {} }),
      '"database" must name its images by digest.',
    ],
  },
  ignores: {
    "a function from an archive": planOf({ type: "aws:lambda/function:Function", name: "setup", inputs: {} }),
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
