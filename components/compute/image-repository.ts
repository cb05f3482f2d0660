import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Place } from "../place.ts";

/** Name of the repository of a service, for example `alicerce/mcp-database`. */
export function repositoryName(service: string): string {
  return `alicerce/${service}`;
}

/** The image of `service` with exactly this digest, in the region's own registry. */
export function imageUri({ account, region }: Place, service: string, digest: string): string {
  return `${account}.dkr.ecr.${region}.amazonaws.com/${repositoryName(service)}@${digest}`;
}

/** The repository of one service's images in a region, whose tags never move and which are scanned when they arrive (premise 6). */
export function imageRepository(
  service: string,
  { region, kmsKeyArn }: { readonly region: string; readonly kmsKeyArn: pulumi.Input<string> },
  opts: pulumi.CustomResourceOptions,
): aws.ecr.Repository {
  return new aws.ecr.Repository(
    `${service}-${region}`,
    {
      region,
      name: repositoryName(service),
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: kmsKeyArn }],
    },
    opts,
  );
}
