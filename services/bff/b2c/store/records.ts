/** What a BFF keeps of consumers, by kind. */
export type RecordKind = "session" | "sign-in" | "consents" | "preferences" | "conversation" | "turn";

/** One thing that is kept. */
export interface StoredRecord {
  readonly kind: RecordKind;
  readonly id: string;
  /** The opaque id of the consumer whose it is; absent while nobody has signed in. */
  readonly owner?: string;
  /** JSON; null for what was removed, so that devices learn of it. */
  readonly value: unknown;
  /** Milliseconds since 1970; it is gone from then on. Absent for what stays. */
  readonly expiresAt?: number;
}

/** A record as it comes back. */
export interface KeptRecord extends StoredRecord {
  /** Grows with each change of any record of the same owner: tells two states apart, and which came first. */
  readonly version: number;
}

/** The store of one tenant's BFF: nothing of another tenant can be named with it. Every method rejects when the store does not answer. */
export interface RecordStore {
  get(kind: RecordKind, id: string): Promise<KeptRecord | undefined>;
  /** Adds or replaces, and answers with the version. */
  put(record: StoredRecord): Promise<number>;
  /** Reads and removes: of several who take the same record, one gets it. */
  take(kind: RecordKind, id: string): Promise<KeptRecord | undefined>;
  remove(kind: RecordKind, id: string): Promise<void>;
  /** What is a consumer's, oldest change first; at most `limit` records that changed after version `after`. */
  ofOwner(owner: string, selection?: OwnerSelection): Promise<readonly KeptRecord[]>;
  /** Removes everything of a consumer, and answers with how much that was. */
  removeOwner(owner: string): Promise<number>;
}

/** Which of a consumer's records. */
export interface OwnerSelection {
  readonly kind?: RecordKind;
  readonly after?: number;
  readonly limit?: number;
}
