import { defineResource } from "../../libraries/mcp-host/definition/definition.ts";
import type { CustomServices } from "./services.ts";

const MIME_TYPE = "application/json";

/** All terms with their meanings. */
export const terms = defineResource<CustomServices>({
  name: "terms",
  title: "Terms",
  description: "The terms that are explained here, with their meanings.",
  uri: "custom://terms",
  mimeType: MIME_TYPE,
  scope: "mcp:read",
  permission: "read:data",
  classification: "internal",
  awsCalls: [],
  read: (uri, _variables, { services }) => {
    const text = JSON.stringify(Object.fromEntries(services.terms));
    return Promise.resolve({ contents: [{ uri: uri.href, mimeType: MIME_TYPE, text }] });
  },
});
