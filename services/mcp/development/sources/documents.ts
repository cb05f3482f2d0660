/** What is written down at a deployment: the contracts of the tenant's servers, and what the judge said of its stack. */
export type DocumentName = "contracts" | "premise-report";

/** Where these documents are kept. */
export interface Documents {
  /** The text of a document of one tenant; undefined where none was written yet. */
  read(tenantId: string, name: DocumentName, signal: AbortSignal): Promise<string | undefined>;
}

/** Largest document that is read. */
export const LARGEST_DOCUMENT_BYTES = 4 * 1024 * 1024;
