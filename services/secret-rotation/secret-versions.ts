import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { type ClientSecret, readClientSecret, writtenClientSecret } from "../libraries/service-kit/client-secret.ts";

/** The label of the version that readers get, and that of the version which a rotation makes (AWS Secrets Manager, "What's in a secret"). */
export type Stage = "AWSCURRENT" | "AWSPENDING";

/** The versions of one secret of AWS Secrets Manager. */
export interface SecretVersions {
  /** The labels of each version, by its id. */
  stages(): Promise<Readonly<Record<string, readonly string[]>>>;
  /** What a version holds, by its id or as the current one; `undefined` while there is no value. */
  read(versionId?: string): Promise<ClientSecret | undefined>;
  write(value: ClientSecret, versionId: string, stage: Stage): Promise<void>;
  /** Moves `AWSCURRENT` from one version to another. */
  promote(versionId: string, from: string | undefined): Promise<void>;
}

/** A secret, by its ARN. */
export function secretVersions(secrets: SecretsManagerClient, secretId: string): SecretVersions {
  return {
    stages: async () =>
      (await secrets.send(new DescribeSecretCommand({ SecretId: secretId }))).VersionIdsToStages ?? {},
    read: async (versionId) => {
      try {
        const call = { SecretId: secretId, ...(versionId !== undefined && { VersionId: versionId }) };
        return readClientSecret((await secrets.send(new GetSecretValueCommand(call))).SecretString);
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
      }
    },
    write: async (value, versionId, stage) => {
      const version = { ClientRequestToken: versionId, VersionStages: [stage] };
      await secrets.send(
        new PutSecretValueCommand({ SecretId: secretId, SecretString: writtenClientSecret(value), ...version }),
      );
    },
    promote: async (versionId, from) => {
      const move = { MoveToVersionId: versionId, ...(from !== undefined && { RemoveFromVersionId: from }) };
      await secrets.send(
        new UpdateSecretVersionStageCommand({ SecretId: secretId, VersionStage: "AWSCURRENT", ...move }),
      );
    },
  };
}
