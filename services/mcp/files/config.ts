import { z } from "zod";

/** What the files server must be given; every fault is reported at once. */
export const FilesConfig = z.object({
  /** Whose interceptor signs the context tokens that are accepted. */
  CONTEXT_ISSUER: z.url(),
  /** Where that interceptor publishes its public keys. */
  CONTEXT_KEYS_URL: z.url(),
  /** Host names that requests may name, separated by commas. */
  ALLOWED_HOSTS: z
    .string()
    .transform((it) => it.split(",").map((host) => host.trim()))
    .pipe(z.array(z.string().min(1)).min(1)),
  /** Folder that stands in for the bucket. */
  FILES_ROOT: z.string().min(1),
});

/** The names that `infra` must supply. */
export type FilesEnvironment = z.input<typeof FilesConfig>;
