import { randomUUID } from "node:crypto";
import type { Rotation } from "./rotation.ts";

/**
 * Gives a secret that is empty its first value, and ends what the client was created with, which a deployment has seen. Answers
 * whether there was anything to write.
 */
export async function writeFirstValue({ client, versions }: Rotation): Promise<boolean> {
  const before = await versions.read();
  if (before !== undefined) return false;
  const first = await client.add(undefined);
  await versions.write(first, randomUUID(), "AWSCURRENT");
  await client.keepOnly(first.clientSecretId);
  return true;
}
