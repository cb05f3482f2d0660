import { createHash, type Hash } from "node:crypto";
import { ApiProblem } from "../../library/api-problem.ts";
import type { JobStore } from "./jobs/job.ts";
import { LIMITS } from "./row.ts";

/** A file as it arrives. */
export interface Arriving {
  readonly body: AsyncIterable<Uint8Array>;
  /** The digest that its sender gives (RFC 9530). */
  readonly contentDigest: string | undefined;
}

/**
 * Keeps a file in pieces as it arrives: the next piece is read once the one before is kept. Throws `ApiProblem` 413 for one that is
 * too large and 422 for one that is not what its digest says; then, or when it stops arriving, nothing of it is kept.
 */
export async function keepFile(store: JobStore, id: string, { body, contentDigest }: Arriving): Promise<number> {
  const hash = createHash("sha256");
  try {
    const expected = expectedDigest(contentDigest);
    const bytes = await keepPieces(store, id, body, hash);
    if (expected !== undefined && hash.digest("base64") !== expected)
      throw new ApiProblem("invalid", "the file is not the one of which content-digest tells");
    await store.complete(id, bytes);
    return bytes;
  } catch (error) {
    await store.discard(id);
    throw error;
  }
}

async function keepPieces(store: JobStore, id: string, body: AsyncIterable<Uint8Array>, hash: Hash): Promise<number> {
  let number = 0;
  let bytes = 0;
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  const keep = async (): Promise<void> => {
    await store.append(id, number++, Buffer.concat(waiting));
    waiting = [];
    waitingBytes = 0;
  };
  for await (const it of body) {
    bytes += it.length;
    if (bytes > LIMITS.bytes)
      throw new ApiProblem("body-too-large", `a file has at most ${LIMITS.bytes} bytes`, {
        headers: { connection: "close" },
      });
    hash.update(it);
    waiting.push(it);
    waitingBytes += it.length;
    if (waitingBytes >= store.pieceBytes) await keep();
  }
  if (waitingBytes > 0) await keep();
  return bytes;
}

function expectedDigest(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const [, digest] = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):/.exec(header) ?? [];
  if (digest === undefined) throw new ApiProblem("bad-request", "content-digest must have a sha-256");
  return digest;
}
