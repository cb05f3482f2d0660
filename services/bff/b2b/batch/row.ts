/** How much of a file is taken. */
export const LIMITS = {
  /** Of a whole file. */
  bytes: 1024 * 1024 * 1024,
  /** Of one row, in characters. */
  rowLength: 256 * 1024,
  columns: 1_000,
  rows: 10_000_000,
} as const;

/** Why a row is refused; stable, so that partners may rely on it. */
export type RowFaultCode =
  | "ERR_ROW_CHARACTERS"
  | "ERR_ROW_ENCODING"
  | "ERR_ROW_INVALID"
  | "ERR_ROW_PROCESSING"
  | "ERR_ROW_SHAPE"
  | "ERR_ROW_SYNTAX"
  | "ERR_ROW_TOO_LARGE";

/** What is wrong with a row. It never repeats what the row says. */
export interface RowFault {
  readonly code: RowFaultCode;
  /** JSON Pointer (RFC 6901) of the value, where one is at fault. */
  readonly field?: string;
  readonly message: string;
}

/** A record of a file: what it says, or why it cannot be read. */
export type Row = { readonly number: number } & (
  { readonly value: { readonly [field: string]: unknown } } | { readonly fault: RowFault }
);

/** Why a file cannot be read on. */
export type FileFaultCode =
  | "ERR_FILE_COLUMNS"
  | "ERR_FILE_CUT_OFF"
  | "ERR_FILE_DOCTYPE"
  | "ERR_FILE_ENCODING"
  | "ERR_FILE_ROW_TOO_LARGE"
  | "ERR_FILE_SYNTAX"
  | "ERR_FILE_TOO_MANY_ROWS";

/** A file that cannot be read on; the rows before are read. */
export class FileFault extends Error {
  override readonly name = "FileFault";
  readonly code: FileFaultCode;

  constructor(code: FileFaultCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** Names that would change what an object is. */
const UNSAFE_NAMES: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** Whether a field may have this name. */
export function isFieldName(name: string): boolean {
  return name !== "" && name.length <= 128 && !UNSAFE_NAMES.has(name);
}
