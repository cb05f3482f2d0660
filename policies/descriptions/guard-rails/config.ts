import type { Descriptions } from "../description.ts";
import { NAME, ROLE } from "../reasons.ts";

/** AWS Config. */
export const CONFIG: Descriptions = {
  "aws:cfg/deliveryChannel:DeliveryChannel": {
    read: ["region", "s3BucketName", "s3KmsKeyArn"],
    inert: { name: NAME },
  },
  "aws:cfg/recorder:Recorder": {
    read: ["recordingGroup.allSupported", "region"],
    inert: {
      name: NAME,
      "recordingGroup.includeGlobalResourceTypes": "What has no region is recorded in one region of the account.",
      roleArn: ROLE,
    },
  },
  "aws:cfg/recorderStatus:RecorderStatus": { read: ["isEnabled", "region"], inert: { name: NAME } },
};
