import type { Descriptions } from "../description.ts";
import { TAGS } from "../reasons.ts";

/** Amazon ECR. */
export const ECR: Descriptions = {
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": { read: ["policy", "region", "repository"] },
  "aws:ecr/repository:Repository": {
    read: ["name", "region"],
    inert: {
      "encryptionConfigurations.kmsKey": "Images hold programs, and no tenant's data.",
      tags: TAGS,
    },
    accepts: {
      "encryptionConfigurations.encryptionType": ["KMS"],
      "imageScanningConfiguration.scanOnPush": [true],
      imageTagMutability: ["IMMUTABLE"],
    },
    needs: ["imageScanningConfiguration.scanOnPush", "imageTagMutability"],
  },
};
