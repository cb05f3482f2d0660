import { lstatSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { LARGEST_DOCUMENT } from "./document-faults.ts";

/** Where the documents of tenants are, a folder for each. */
const DOCUMENTS = fileURLToPath(new URL("../documents", import.meta.url));

/** A document of a tenant, from the root of the checkout. */
export function documentPlace(tenant: string, document: string): string {
  return `environments/documents/${tenant}/${document}`;
}

/** The text of a document of a tenant; `undefined` where there is no such file, or one that is too large to be read. */
export function documentText(tenant: string, document: string): string | undefined {
  const file = path.join(DOCUMENTS, path.basename(tenant), path.basename(document));
  const found = lstatSync(file, { throwIfNoEntry: false });
  // A link would bring what is not among the data.
  return found?.isFile() === true && found.size <= LARGEST_DOCUMENT ? readFileSync(file, "utf8") : undefined;
}
