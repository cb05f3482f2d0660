import type { Descriptions } from "../description.ts";
import { TEXT } from "../reasons.ts";

/** AWS KMS. */
export const KMS: Descriptions = {
  "aws:kms/alias:Alias": {
    read: ["name", "region"],
    inert: { targetKeyId: "Another name of a key; who may use the key is said by the key's policy." },
  },
  "aws:kms/key:Key": {
    read: ["customerMasterKeySpec", "enableKeyRotation", "policy", "region", "rotationPeriodInDays", "tags"],
    inert: { description: TEXT, multiRegion: "Each copy is a ReplicaKey of its own, whose region is judged." },
    accepts: { deletionWindowInDays: [30], isEnabled: [true], keyUsage: ["ENCRYPT_DECRYPT", "SIGN_VERIFY"] },
    needs: ["customerMasterKeySpec", "policy"],
  },
  "aws:kms/replicaKey:ReplicaKey": {
    read: ["policy", "primaryKeyArn", "region", "tags"],
    inert: { description: TEXT },
    accepts: { deletionWindowInDays: [30], enabled: [true] },
    needs: ["policy"],
  },
};
