import type { Descriptions } from "../description.ts";
import { NAME, TEXT } from "../reasons.ts";

/** AWS Secrets Manager. */
export const SECRETS_MANAGER: Descriptions = {
  "aws:secretsmanager/secret:Secret": {
    read: ["kmsKeyId", "region", "replicas", "tags"],
    inert: { description: TEXT, name: NAME },
    accepts: { forceOverwriteReplicaSecret: [false], recoveryWindowInDays: [7, 14, 30] },
  },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    read: ["secretId"],
    unread: { secretString: "No rule says where the value of a secret comes from." },
  },
};
