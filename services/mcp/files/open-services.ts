import { S3Client } from "@aws-sdk/client-s3";
import type { z } from "zod";
import type { FilesConfig } from "./config.ts";
import type { FilesServices } from "./files-services.ts";
import { S3Store } from "./store/s3-store.ts";

/** What the tools share, and how to end it. */
export interface OpenServices {
  readonly services: FilesServices;
  close(): Promise<void>;
}

/** Makes what the tools share from the configuration; nothing is connected until the first call. */
export function openServices(config: z.output<typeof FilesConfig>): OpenServices {
  const { FILES_ENDPOINT: endpoint } = config;
  const client = new S3Client({
    region: config.AWS_REGION,
    maxAttempts: 4,
    retryMode: "standard",
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
  });
  const store = new S3Store(client, {
    bucket: config.FILES_BUCKET,
    owner: config.FILES_BUCKET_OWNER,
    prefix: config.FILES_PREFIX,
    kmsKeyArn: config.FILES_KMS_KEY_ARN,
  });
  const close = () => {
    client.destroy();
    return Promise.resolve();
  };
  return { services: { store }, close };
}
