/** An error of S3, with its status and code; what is written here is what a caller sees. */
export class StorageError extends Error {
  override readonly name = "StorageError";
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** What is answered to a request for something that S3 has and this storage has not. */
export const notImplemented = (what: string): StorageError =>
  new StorageError(501, "NotImplemented", `${what} is not implemented here`);
