import { hash } from "node:crypto";
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, rmSync } from "node:fs";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";

/** What is kept of an object beside its bytes. */
export interface ObjectEntry {
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  /** When it was written, in RFC 3339. */
  readonly modified: string;
  /** The headers that come back with it. */
  readonly headers: { readonly [name: string]: string };
}

/** An object with its bytes. */
export interface StoredObject {
  readonly entry: ObjectEntry;
  readonly bytes: Buffer;
}

const ENDING = ".object";
const LONGEST_ENTRY_BYTES = 16 * 1024;

/**
 * Objects in a folder, one file each: a line of JSON, then the bytes. A file is named by the hash of its key, so no key leads
 * anywhere. All of it is synchronous: between a condition and the write that depends on it nothing else happens.
 */
export class ObjectFolder {
  private readonly folder: string;
  private readonly entries = new Map<string, ObjectEntry>();

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(folder).filter((it) => it.endsWith(ENDING))) {
      const entry = entryIn(firstBytes(join(folder, name)));
      this.entries.set(fileName(entry.bucket, entry.key), entry);
    }
  }

  /** What is known of an object. */
  entry(bucket: string, key: string): ObjectEntry | undefined {
    return this.entries.get(fileName(bucket, key));
  }

  /** An object with its bytes. */
  read(bucket: string, key: string): StoredObject | undefined {
    const entry = this.entry(bucket, key);
    if (entry === undefined) return undefined;
    const file = readFileSync(this.pathOf(bucket, key));
    return { entry, bytes: file.subarray(file.indexOf("\n") + 1) };
  }

  /** Puts an object where it belongs, in place of what was there. */
  write(entry: ObjectEntry, bytes: Buffer): void {
    const file = Buffer.concat([Buffer.from(`${JSON.stringify(entry)}\n`), bytes]);
    writeFileAtomic.sync(this.pathOf(entry.bucket, entry.key), file, { mode: 0o600, fsync: false });
    this.entries.set(fileName(entry.bucket, entry.key), entry);
  }

  /** Removes an object, if there is one. */
  delete(bucket: string, key: string): void {
    rmSync(this.pathOf(bucket, key), { force: true });
    this.entries.delete(fileName(bucket, key));
  }

  /** The objects of a bucket whose keys begin with a prefix, in the order of their keys' bytes. */
  list(bucket: string, prefix: string): readonly ObjectEntry[] {
    return [...this.entries.values()]
      .filter((it) => it.bucket === bucket && it.key.startsWith(prefix))
      .toSorted((one, other) => byBytes(one.key, other.key));
  }

  private pathOf(bucket: string, key: string): string {
    return join(this.folder, fileName(bucket, key));
  }
}

/** The order in which S3 lists keys. */
export const byBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

const fileName = (bucket: string, key: string): string => hash("sha256", `${bucket}/${key}`) + ENDING;

function firstBytes(path: string): Buffer {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(LONGEST_ENTRY_BYTES);
    return bytes.subarray(0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

function entryIn(bytes: Buffer): ObjectEntry {
  return JSON.parse(bytes.toString("utf8", 0, bytes.indexOf("\n"))) as ObjectEntry;
}
