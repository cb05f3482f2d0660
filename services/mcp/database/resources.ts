import { defineResource } from "../../libraries/mcp-host/definition/definition.ts";
import { describeTable, listTables } from "./catalogue.ts";
import type { DatabaseServices } from "./services.ts";

const DECLARED = {
  scope: "mcp:read",
  permission: "read:data",
  classification: "internal",
  awsCalls: ["rds-db:connect"],
} as const;
const MIME_TYPE = "application/json";

/** All tables, by name. */
export const tables = defineResource<DatabaseServices>({
  ...DECLARED,
  name: "tables",
  title: "Tables",
  description: "The tables that can be queried.",
  uri: "database://tables",
  mimeType: MIME_TYPE,
  async read(uri, _variables, { context, signal, services }) {
    const found = await services.database.read(context, signal, listTables);
    return { contents: [{ uri: uri.href, mimeType: MIME_TYPE, text: JSON.stringify(found) }] };
  },
});

/** One table with its columns and keys. */
export const table = defineResource<DatabaseServices>({
  ...DECLARED,
  name: "table",
  title: "Table",
  description: "The columns and keys of one table.",
  uri: "database://tables/{name}",
  mimeType: MIME_TYPE,
  async list({ context, signal, services }) {
    const found = await services.database.read(context, signal, listTables);
    return found.map(({ name }) => ({ uri: `database://tables/${encodeURIComponent(name)}`, name }));
  },
  async read(uri, { name }, { context, signal, services }) {
    const wanted = decodeURIComponent(String(name));
    const found = await services.database.read(context, signal, (transaction) => describeTable(transaction, wanted));
    return { contents: [{ uri: uri.href, mimeType: MIME_TYPE, text: JSON.stringify(found) }] };
  },
});
