import type { Descriptions } from "../description.ts";
import { TEXT } from "../reasons.ts";

/** AWS Secrets Manager. */
export const SECRETS_MANAGER: Descriptions = {
  "aws:secretsmanager/secret:Secret": {
    read: ["kmsKeyId", "name", "region", "replicas", "tags"],
    inert: { description: TEXT },
    accepts: { forceOverwriteReplicaSecret: [false], recoveryWindowInDays: [7, 14, 30] },
    needs: ["kmsKeyId", "name"],
  },
  "aws:secretsmanager/secretRotation:SecretRotation": {
    read: ["region", "rotationLambdaArn", "rotationRules.automaticallyAfterDays", "secretId"],
    accepts: { rotateImmediately: [true], rotationEnabled: [true] },
  },
};
