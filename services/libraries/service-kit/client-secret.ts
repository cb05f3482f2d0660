import * as z from "zod";

const schema = z.object({
  clientSecret: z.string().min(1),
  /** What the user pool calls it; by this it is told from the client's other secret. */
  clientSecretId: z.string().min(1),
});

/** The secret of a client of a user pool, as Secrets Manager keeps it. */
export type ClientSecret = z.infer<typeof schema>;

/** Reads the text of a secret; throws without a word of it, for it may hold a secret where it is malformed. */
export function readClientSecret(text: string | undefined): ClientSecret {
  const read = schema.safeParse(parsed(text));
  if (!read.success)
    throw new Error("the secret of the client must be a JSON object with clientSecret and clientSecretId");
  return read.data;
}

/** The text that Secrets Manager keeps. */
export function writtenClientSecret({ clientSecret, clientSecretId }: ClientSecret): string {
  return JSON.stringify({ clientSecret, clientSecretId });
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}
