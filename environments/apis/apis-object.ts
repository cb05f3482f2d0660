import type { Tenant } from "../schema.ts";
import type { OwnApi } from "./own-api.ts";
import { documentText } from "./documents.ts";

/** What comes before the key of the object that the server before APIs reads in its tenant's bucket. */
export const APIS_PREFIX = "apis/";

/** The key of the object. */
export const APIS_KEY = `${APIS_PREFIX}apis.json`;

/** The APIs of a tenant's own with their documents, as the server reads them: `apis` as in its own `apis.json`. Throws a TypeError for a document that is not there. */
export function apisObject({ id, apis = {} }: Pick<Tenant, "apis"> & { readonly id: string }): string {
  const entries = Object.entries(apis);
  return JSON.stringify({
    apis: entries.map(([name, it]) => listed(name, it)),
    documents: Object.fromEntries(entries.map(([, { document }]) => [document, documentOf(id, document)])),
  });
}

function documentOf(tenant: string, document: string): unknown {
  const text = documentText(tenant, document);
  if (text === undefined) throw new TypeError(`${tenant} has no document "${document}"`);
  return JSON.parse(text);
}

function listed(name: string, { title, document, classification, authentication, operations }: OwnApi): object {
  return {
    name,
    title,
    kind: "openapi",
    document,
    classification,
    ...(authentication && { authentication: shownAs(authentication) }),
    operations: Object.fromEntries(
      Object.entries(operations).map(([id, { classification: own, shared }]) => [
        id,
        { ...(own && { classification: own }), ...(shared && { owner: { shared } }) },
      ]),
    ),
  };
}

function shownAs({ kind, header }: NonNullable<OwnApi["authentication"]>): object {
  return header === undefined ? { kind } : { kind, in: "header", name: header };
}
