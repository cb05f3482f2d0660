/** What the sandbox cloud answers instead of doing what it was asked; codes as AWS names them. */
export class CloudError extends Error {
  readonly code: CloudErrorCode;
  /** The input that is to blame, where it is one. */
  readonly property: string | undefined;

  constructor(code: CloudErrorCode, message: string, property?: string) {
    super(`${code}: ${message}`);
    this.name = "CloudError";
    this.code = code;
    this.property = property;
  }
}

/** Why the sandbox cloud refuses an operation. */
export type CloudErrorCode =
  | "AlreadyExists"
  | "DependencyViolation"
  | "InternalFailure"
  | "InvalidArgument"
  | "LimitExceeded"
  | "ResourceNotFound"
  | "ThrottlingException"
  | "UnknownDataSource"
  | "UnknownType";

/** A resource that was made but did not become ready: it exists, and the operation failed. */
export class PartialFailure extends Error {
  readonly code = "ERR_PARTIAL";
  readonly id: string;
  readonly outputs: Readonly<Record<string, unknown>>;

  constructor(message: string, id: string, outputs: Readonly<Record<string, unknown>>) {
    super(message);
    this.name = "PartialFailure";
    this.id = id;
    this.outputs = outputs;
  }
}
