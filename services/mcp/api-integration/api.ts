import type { Classification } from "../../../contracts/classifications.ts";
import type { Authentication } from "./http/authentication.ts";
import type { Owner } from "./ownership/owner.ts";

/** A JSON Schema (2020-12) that is an object. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** The arguments of a call, as the operation's input schema admits them. */
export interface Arguments {
  readonly [name: string]: unknown;
}

/** One HTTP request below a backend's base address. */
export interface BackendRequest {
  readonly method: "DELETE" | "GET" | "HEAD" | "OPTIONS" | "PATCH" | "POST" | "PUT";
  /** Encoded segments, each after a slash; empty for the base address itself. */
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
  /** Whether doing it twice does no more than doing it once, so that it may be tried again. */
  readonly isIdempotent: boolean;
  /** Whether an answer shows that the backend is ill, rather than the request; a status from 500 by default. */
  readonly isOutage?: (reply: Reply) => boolean;
}

/** What a backend answered. */
export interface Reply {
  readonly status: number;
  /** Without parameters, in lower case; empty when the backend names none. */
  readonly mediaType: string;
  readonly text: string;
  /** How long the backend asks to be left alone. */
  readonly retryAfterMs?: number;
}

/** What an operation makes of an answer. */
export interface Answer {
  readonly data: unknown;
  /** What a reader of the data must know: what was left out, what failed in part. */
  readonly notices: readonly string[];
}

/** One operation of an API, whatever language described it. */
export interface Operation {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Whether it changes nothing. */
  readonly isRead: boolean;
  readonly input: JsonSchema;
  /** What the description promises as an answer. */
  readonly output?: JsonSchema;
  /** Throws an `ApiProblem` for arguments that no request may carry. */
  request(args: Arguments): BackendRequest;
  /** Throws an `ApiProblem` for an answer that says no. */
  answer(reply: Reply): Answer;
}

/** How much of an answer is passed on. */
export interface AnswerLimits {
  readonly maxBytes: number;
  readonly maxItems: number;
}

/** An operation with what this server adds to its description. */
export interface OfferedOperation extends Operation {
  readonly classification: Classification;
  /** The parts of the answer that are passed on (RFC 6901, `*` for every member); all of it without. */
  readonly keep?: readonly string[];
  /** Whose its records are, where that is declared. */
  readonly owner?: Owner;
}

/** The kinds of description that become tools. */
export type ApiKind = "graphql" | "openapi" | "smithy" | "soap";

/** An API whose operations are tools. */
export interface Api {
  readonly name: string;
  readonly kind: ApiKind;
  readonly title: string;
  readonly authentication?: Authentication;
  readonly limits: AnswerLimits;
  readonly operations: readonly OfferedOperation[];
}
