import { describe, expect, it } from "vitest";
import { imageRepository, imageUri } from "../../../components/compute/image-repository.ts";
import { awsOf, PLACE, planned, testKey } from "../planned.ts";

describe("imageRepository", () => {
  it("never lets a tag move, scans what arrives and encrypts it under the key", async () => {
    const plan = await planned((opts) =>
      imageRepository("mcp-files", { region: PLACE.region, kmsKeyArn: testKey(opts).arn }, { provider: awsOf(opts) }),
    );
    const repository = plan.one("aws:ecr/repository:Repository", "mcp-files-eu-west-1");
    expect(repository.inputs).toMatchObject({
      name: "alicerce/mcp-files",
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "KMS" }],
    });
    expect(repository.propertyDependencies?.["encryptionConfigurations"]).toEqual([
      plan.one("aws:kms/key:Key", "key").urn,
    ]);
  });
});

describe("imageUri", () => {
  it("names an image of the region's own registry by digest", () => {
    expect(imageUri(PLACE, "mcp-files", "sha256:abc")).toBe(
      "111122223333.dkr.ecr.eu-west-1.amazonaws.com/alicerce/mcp-files@sha256:abc",
    );
  });
});
