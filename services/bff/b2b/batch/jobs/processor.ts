/** Some rows of a file that are by their schema, to be worked on together. */
export interface Batch {
  readonly tenantId: string;
  readonly partnerId: string;
  readonly jobId: string;
  readonly schema: string;
  /** The same for the same rows: who works on them again after a crash must do nothing twice. */
  readonly idempotencyKey: string;
  readonly rows: readonly { readonly number: number; readonly value: unknown }[];
}

/** What became of a row: what it came to, or why not, in words that its partner may read. */
export type Processed = { readonly number: number } & ({ readonly result: unknown } | { readonly problem: string });

/**
 * Works on rows: in the platform the agent `integration-processor`. Throws when it cannot work at all; then the same rows come again.
 */
export type Processor = (batch: Batch, signal: AbortSignal) => Promise<readonly Processed[]>;
