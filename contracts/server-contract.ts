import type { Classification } from "./classifications.ts";
import type { Permission } from "./identity/permissions.ts";
import type { Scope } from "./scopes.ts";

/** The member of `_meta` by which the answer of a tool that failed says why, as a code; its words are for people and models, and may change. */
export const TOOL_ERROR_META = "alicerce/error";

/** The code of a record that is another customer's and, alike, of one that is not there. */
export const RECORD_UNKNOWN = "ERR_RECORD_UNKNOWN";

/** What a caller must hold to use something, and how sensitive the data is that it returns. */
export interface Grant {
  readonly scope: Scope;
  /** What the caller's role must permit besides. */
  readonly permission: Permission;
  readonly classification: Classification;
}

/** What one major of an MCP server offers. */
export interface ServerContract {
  readonly tools: Readonly<Record<string, Grant>>;
  readonly prompts: Readonly<Record<string, Grant>>;
  /** By the prefix of their URIs. */
  readonly resources: Readonly<Record<string, Grant>>;
  /** The AWS actions that all of this calls: what the server's role is granted, no more and no less. */
  readonly awsCalls: readonly string[];
}
