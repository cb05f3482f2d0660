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

/** How one object is given out by a link. */
export interface DownloadLinkOptions {
  /** What a browser saves it as. */
  readonly fileName: string;
  readonly mediaType: string;
  readonly lifetimeSeconds: number;
}

/** What may be uploaded by a link, exactly. */
export interface UploadLinkOptions {
  readonly mediaType: string;
  readonly size: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  /** Only where nothing is: such a link is used up by its first use. */
  readonly ifAbsent: boolean;
  readonly lifetimeSeconds: number;
}

/** An address that may be used by whoever holds it, with the headers that must be sent as they are. */
export interface Link {
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
}

/** The few things of an object store that the files server does; every key is a whole key, with the caller's prefix. */
export interface ObjectStore {
  /** At most `limit` keys, which may be fewer even when there are more. */
  list(
    options: { readonly prefix: string; readonly after?: string | undefined; readonly limit: number },
    signal: AbortSignal,
  ): Promise<Page>;
  /** What is known of an object; undefined where nothing is. */
  find(key: string, signal: AbortSignal): Promise<StoredObject | undefined>;
  /** Reads at most `limit` bytes; undefined where nothing is. Throws `ERR_FILE_TOO_LARGE` rather than read a part. */
  read(key: string, limit: number, signal: AbortSignal): Promise<Buffer | undefined>;
  /** Writes the whole object; with `ifAbsent`, only where nothing is, and tells whether it did. */
  write(key: string, body: Buffer, options: { readonly ifAbsent: boolean }, signal: AbortSignal): Promise<boolean>;
  /** A link that reads this object and no other. */
  downloadLink(key: string, options: DownloadLinkOptions): Promise<Link>;
  /** A link that writes this object and no other, with exactly the content that was announced. */
  uploadLink(key: string, options: UploadLinkOptions): Promise<Link>;
}
