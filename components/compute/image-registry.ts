import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { keyPolicy } from "../encryption/key-policy.ts";
import type { Place } from "../place.ts";
import { imageRepository } from "./image-repository.ts";

/** Which images are kept, and in which region of which account. */
export interface ImageRegistryArgs {
  readonly place: Pick<Place, "account" | "region">;
  /** Names of images, each of which gets a repository. */
  readonly images: readonly string[];
}

/** For how long an image is kept that no tag names, in days: the rest of a push that failed, for example. */
const UNTAGGED_DAYS = 14;

/** The repositories of one region, in whichever region the provider acts, under a key of that region. */
export class ImageRegistry extends pulumi.ComponentResource {
  constructor(name: string, { place, images }: ImageRegistryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:compute:ImageRegistry", name, {}, opts);
    const { region } = place;
    const key = new aws.kms.Key(
      name,
      {
        description: `The images of services in ${region}`,
        enableKeyRotation: true,
        deletionWindowInDays: 30,
        policy: keyPolicy(place),
        region,
      },
      // Not protected, so that a region can go from the data: it goes after its repositories, and AWS deletes none that holds an image.
      { parent: this },
    );
    new aws.kms.Alias(name, { name: "alias/alicerce/images", targetKeyId: key.keyId, region }, { parent: this });
    for (const image of images) {
      const repository = imageRepository(image, { region, kmsKeyArn: key.arn }, { parent: this });
      new aws.ecr.LifecyclePolicy(
        `${image}-${region}`,
        { region, repository: repository.name, policy: JSON.stringify({ rules: [UNTAGGED_EXPIRE] }) },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}

/** The parts of an image for several architectures have no tag; ECR keeps them as long as the image (Amazon ECR, "Lifecycle policies"). */
const UNTAGGED_EXPIRE = {
  rulePriority: 1,
  description: "Images without a tag",
  selection: {
    tagStatus: "untagged",
    countType: "sinceImagePushed",
    countUnit: "days",
    countNumber: UNTAGGED_DAYS,
  },
  action: { type: "expire" },
};
