/** How far a sentence of the specification is met. */
export type Status =
  /** Code does it, and a rule, a proof or a test holds it. */
  | "built"
  /** A part of it is there; `lacks` says what is not. */
  | "partly"
  /** Nothing of it is there. */
  | "missing"
  /** It is done differently or not at all, for the reason in docs/decisions.md. */
  | "decided";

/** One sentence of the specification, and what in this repository answers it. */
export interface Row {
  /** A section's letters and a number, for instance P1.4. */
  readonly id: string;
  /** The sentence, word for word (in Portuguese), or the key of an example. */
  readonly asks: string;
  readonly status: Status;
  /** Files and folders, from the root of the repository. */
  readonly code?: readonly string[];
  /** Ids of rules. */
  readonly rules?: readonly string[];
  /** Ids of proofs. */
  readonly proofs?: readonly string[];
  /** Tests beside those that mirror the code. */
  readonly tests?: readonly string[];
  /** Subjects of rows of docs/decisions.md. */
  readonly decisions?: readonly string[];
  readonly lacks?: string;
}
