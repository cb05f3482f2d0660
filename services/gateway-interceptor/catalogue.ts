import type { CatalogueGrant, InterceptorCatalogue } from "../../contracts/interceptor-catalogue.ts";
import { partsOfToolName } from "../../contracts/tool-names.ts";
import { isRecord } from "../../contracts/json.ts";
import type { Message } from "./messages/message.ts";
import { RequestProblem } from "./messages/request-problem.ts";

/** What a call wants to reach, and the scope that it needs. */
export interface Access {
  /** Absent where any scope of the gateway will do. */
  readonly scope?: string;
  /** What the caller's role must permit; absent where nothing in particular is wanted. */
  readonly permission?: string;
  /** The MCP server that is meant; absent if all of them are. */
  readonly server?: string;
  /** Name in the catalogue, never the caller's own words. */
  readonly resource?: string;
  readonly classification?: CatalogueGrant["classification"];
}

/** Methods that are about nothing in particular. */
const METHOD_SCOPES: { readonly [method: string]: string | null } = {
  initialize: null,
  ping: null,
  response: null,
  "server/discover": null,
  "notifications/initialized": null,
  "notifications/cancelled": null,
  "notifications/progress": null,
  "notifications/roots/list_changed": null,
  "logging/setLevel": "mcp:read",
  "prompts/list": "mcp:read",
  "resources/list": "mcp:read",
  "resources/templates/list": "mcp:read",
  "subscriptions/listen": "mcp:read",
  "tasks/get": "mcp:read",
  "tasks/list": "mcp:read",
  "tasks/result": "mcp:read",
  "tasks/cancel": "mcp:write",
  "tasks/update": "mcp:write",
  // A client that may only write must see what it may write with; the answer is filtered.
  "tools/list": null,
};

/** What a message wants to reach; throws for what is not in the catalogue. */
export function accessOf(catalogue: InterceptorCatalogue, { method, params }: Message): Access {
  switch (method) {
    case "tools/call":
      return namedAccess(catalogue, catalogue.tools, params["name"], "tool");
    case "prompts/get":
      return namedAccess(catalogue, catalogue.prompts, params["name"], "prompt");
    case "resources/read":
    case "resources/subscribe":
    case "resources/unsubscribe":
      return resourceAccess(catalogue, params["uri"]);
    case "completion/complete":
      return completionAccess(catalogue, params["ref"]);
  }
  const scope = Object.hasOwn(METHOD_SCOPES, method) ? METHOD_SCOPES[method] : undefined;
  if (scope === undefined) throw new RequestProblem("ERR_METHOD_UNKNOWN", "method is not served", { field: "method" });
  return scope === null ? {} : { scope };
}

function unknown(what: string): RequestProblem {
  return new RequestProblem("ERR_TARGET_UNKNOWN", `${what} is not in the catalogue`, { field: what });
}

function namedAccess(
  catalogue: InterceptorCatalogue,
  grants: { readonly [name: string]: CatalogueGrant },
  name: unknown,
  what: string,
): Access {
  const found = typeof name === "string" && Object.hasOwn(grants, name) ? grants[name] : undefined;
  if (typeof name !== "string" || found === undefined) throw unknown(what);
  const target = partsOfToolName(name)?.target;
  return { ...found, resource: name, ...(target !== undefined && serverOf(catalogue, target)) };
}

function serverOf({ servers }: InterceptorCatalogue, target: string): { readonly server: string } {
  const server = Object.hasOwn(servers, target) ? servers[target] : undefined;
  if (server === undefined) throw unknown("target");
  return { server };
}

function completionAccess(catalogue: InterceptorCatalogue, ref: unknown): Access {
  if (!isRecord(ref)) throw unknown("ref");
  if (ref["type"] === "ref/prompt") return namedAccess(catalogue, catalogue.prompts, ref["name"], "prompt");
  return resourceAccess(catalogue, ref["uri"]);
}

function resourceAccess(catalogue: InterceptorCatalogue, uri: unknown): Access {
  const prefix = typeof uri === "string" ? longest(catalogue.resources, (it) => isBelow(uri, it)) : undefined;
  const found = prefix === undefined ? undefined : catalogue.resources[prefix];
  if (prefix === undefined || found === undefined) throw unknown("resource");
  return { ...withoutTarget(found), resource: prefix, ...serverOf(catalogue, found.target) };
}

/** What a request to an HTTP target wants to reach; throws for a path that is not in the catalogue, or could be read in two ways. */
export function routeAccess(catalogue: InterceptorCatalogue, httpMethod: string, path: string): Access {
  const [pathname = ""] = path.split("?");
  const route = isPlain(pathname)
    ? longest(catalogue.routes, (it) => isBelow(`${httpMethod} ${pathname}`, it))
    : undefined;
  const found = route === undefined ? undefined : catalogue.routes[route];
  if (route === undefined || found === undefined) throw unknown("path");
  return { ...withoutTarget(found), resource: route, ...serverOf(catalogue, found.target) };
}

function isPlain(pathname: string): boolean {
  if (!/^\/[A-Za-z0-9._~/-]*$/.test(pathname)) return false;
  const segments = pathname.slice(1).split("/");
  return segments.every((it, i) => (it === "" ? i === segments.length - 1 : it !== "." && it !== ".."));
}

function withoutTarget({
  scope,
  permission,
  classification: level,
}: CatalogueGrant): Pick<Access, "scope" | "permission" | "classification"> {
  return { scope, permission, classification: level };
}

function longest(table: object, matches: (prefix: string) => boolean): string | undefined {
  return Object.keys(table)
    .filter(matches)
    .toSorted((a, b) => b.length - a.length)[0];
}

/** Whether `text` is `prefix` or goes on below it, so that `/orders` does not open `/orders-secret`, nor `..` anything. */
function isBelow(text: string, prefix: string): boolean {
  if (!text.startsWith(prefix) || /(?:^|[/\\])\.\.(?:[/\\]|$)|%2e|%2f|%5c/i.test(text)) return false;
  return text.length === prefix.length || prefix.endsWith("/") || text[prefix.length] === "/";
}

/** Somebody to whom a list is shown: what the token allows, and what the role does. */
export interface Viewer {
  readonly scopes: readonly string[];
  readonly permissions: readonly string[];
}

/** The entries of a list that somebody may see: what she could not use is not among them. */
export function visible(
  catalogue: InterceptorCatalogue,
  kind: "tools" | "prompts" | "resources" | "resourceTemplates",
  entries: readonly unknown[],
  { scopes, permissions }: Viewer,
): readonly unknown[] {
  return entries.filter((entry) => {
    try {
      const { scope = "", permission = "" } = entryAccess(catalogue, kind, entry);
      return scopes.includes(scope) && permissions.includes(permission);
    } catch {
      return false;
    }
  });
}

function entryAccess(catalogue: InterceptorCatalogue, kind: string, entry: unknown): Access {
  if (!isRecord(entry)) throw unknown("entry");
  if (kind === "tools") return namedAccess(catalogue, catalogue.tools, entry["name"], "tool");
  if (kind === "prompts") return namedAccess(catalogue, catalogue.prompts, entry["name"], "prompt");
  return resourceAccess(catalogue, entry["uri"] ?? entry["uriTemplate"]);
}
