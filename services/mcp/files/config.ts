import * as z from "zod";
import { HostConfig } from "../../libraries/mcp-host/config.ts";

/** What the files server must be given; every fault is reported at once. */
export const FilesConfig = HostConfig.extend({
  AWS_REGION: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/),
  FILES_BUCKET: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
  /** The account that must own the bucket. */
  FILES_BUCKET_OWNER: z.string().regex(/^\d{12}$/),
  /** What comes before the tenant's own prefix in the bucket; ends in "/". */
  FILES_PREFIX: z
    .string()
    .regex(/^([A-Za-z0-9_-]+\/)*$/)
    .default(""),
  /** The tenant's key, under which every file is encrypted. */
  FILES_KMS_KEY_ARN: z.string().regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/),
  /** What stands in for S3 on a laptop; nothing but the same machine, for it is spoken to without TLS. */
  FILES_ENDPOINT: z.url({ protocol: /^http$/, hostname: /^127\.0\.0\.1$/ }).optional(),
});

/** The names that `infra` must supply. */
export type FilesEnvironment = z.input<typeof FilesConfig>;
