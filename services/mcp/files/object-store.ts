/** What is known of an object without reading it. */
export interface StoredObject {
  readonly key: string;
  readonly size: number;
  readonly modified: Date;
}

/** One page of keys, in the order of their UTF-8 bytes, as S3 lists them. */
export interface Page {
  readonly objects: readonly StoredObject[];
  /** The last key of this page, when there are more. */
  readonly next?: string;
}

/** The few things of an object store that the files server does; every key is a whole key, with the tenant's prefix. */
export interface ObjectStore {
  list(
    options: { readonly prefix: string; readonly after?: string; readonly limit: number },
    signal: AbortSignal,
  ): Promise<Page>;
  /** Reads at most `limit` bytes; undefined where nothing is. Throws `ERR_FILE_TOO_LARGE` rather than read a part. */
  read(key: string, limit: number, signal: AbortSignal): Promise<Buffer | undefined>;
  /** Writes the whole object; with `ifAbsent`, only where nothing is, and tells whether it did. */
  write(key: string, body: Buffer, options: { readonly ifAbsent: boolean }, signal: AbortSignal): Promise<boolean>;
}
