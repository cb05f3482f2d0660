import valid from "semver/functions/valid.js";
import { McpServer, type McpRequestContext, type ServerOptions } from "@modelcontextprotocol/server";
import type { ServerDefinition } from "./definition.ts";
import { deprecationHeaders, sentence, withInheritedNotice, type Notice } from "./deprecation.ts";
import { askedBy, type Asked, type ExchangeAuth } from "../http/exchange.ts";
import type { CallFrame } from "../guarded-call.ts";
import { registrations, type Registration, type Registrations } from "./registrations.ts";

/** Builds the server that one request needs. */
export type ServerFactory = (request: Pick<McpRequestContext, "authInfo">) => McpServer;

const LISTS_CHANGE_WITH_RELEASES_ONLY = { ttlMs: 300_000, cacheScope: "public" } as const;

const CACHE_HINTS: NonNullable<ServerOptions["cacheHints"]> = {
  "server/discover": LISTS_CHANGE_WITH_RELEASES_ONLY,
  "tools/list": LISTS_CHANGE_WITH_RELEASES_ONLY,
  "prompts/list": LISTS_CHANGE_WITH_RELEASES_ONLY,
  "resources/templates/list": LISTS_CHANGE_WITH_RELEASES_ONLY,
  "resources/list": { ttlMs: 0, cacheScope: "private" },
  "resources/read": { ttlMs: 0, cacheScope: "private" },
};

/** Prepares a definition once, so that a request pays only for what it names. */
export function serverFactoryOf<Services>(
  given: ServerDefinition<Services>,
  frame: CallFrame<Services>,
  options: Pick<ServerOptions, "requestState" | "capabilities"> = {},
): ServerFactory {
  const definition = withInheritedNotice(given);
  const { name, title, version } = definition;
  if (valid(version) !== version) throw new TypeError(`version "${version}" of server "${name}" must be semantic`);
  const prepared = registrations(definition, frame);
  const ofServer = noticesOf({ ...definition, name: `${name} ${version}` });
  const instructions = [...ofServer.map(sentence), definition.instructions ?? ""].join(".\n").trim();
  const base: ServerOptions = {
    ...(options.requestState !== undefined && { requestState: options.requestState }),
    ...(instructions !== "" && { instructions }),
    cacheHints: CACHE_HINTS,
  };
  const info = { name, title, version };
  const declared = { ...declaredCapabilities(definition), ...options.capabilities };
  const full = new McpServer(info, { ...base, capabilities: declared });
  for (const register of everything(prepared)) register.into(full);
  const capabilities = full.server.getCapabilities();
  const toolsOnly: ServerOptions = { ...base, capabilities: { tools: { listChanged: false } } };
  const all: ServerOptions = { ...base, capabilities };

  return ({ authInfo }) => {
    const { message, responseHeaders } = (authInfo as ExchangeAuth | undefined)?.extra.exchange ?? {};
    const asked = askedBy(message);
    const server = new McpServer(info, asked.method === "tools/call" ? toolsOnly : all);
    const notices = [...ofServer];
    for (const needed of neededBy(prepared, asked)) {
      needed.into(server);
      if (needed.deprecated !== definition.deprecated && needed.isNamedBy(asked)) notices.push(...noticesOf(needed));
    }
    responseHeaders?.push(...deprecationHeaders(notices));
    return server;
  };
}

function noticesOf({ name, deprecated }: Partial<Notice> & { readonly name: string }): readonly Notice[] {
  return deprecated === undefined ? [] : [{ name, deprecated }];
}

/** Lists never change while a server runs, so nobody is told that they did. */
function declaredCapabilities({ tools, resources, prompts }: ServerDefinition<never>): ServerOptions["capabilities"] {
  return {
    ...(tools.length > 0 && { tools: { listChanged: false } }),
    ...((resources ?? []).length > 0 && { resources: { listChanged: false } }),
    ...((prompts ?? []).length > 0 && { prompts: { listChanged: false } }),
  };
}

function neededBy(prepared: Registrations, { method, name = "" }: Asked): Iterable<Registration> {
  switch (method) {
    case undefined:
      return everything(prepared);
    case "tools/call":
      return one(prepared.tools, name);
    case "prompts/get":
      return one(prepared.prompts, name);
    case "tools/list":
      return prepared.tools.values();
    case "prompts/list":
      return prepared.prompts.values();
    case "completion/complete":
      return [...prepared.prompts.values(), ...prepared.resources];
    default:
      return method.startsWith("resources/") ? prepared.resources : [];
  }
}

function one(registered: ReadonlyMap<string, Registration>, name: string): readonly Registration[] {
  const found = registered.get(name);
  return found === undefined ? [] : [found];
}

function everything({ tools, prompts, resources }: Registrations): Iterable<Registration> {
  return [...tools.values(), ...prompts.values(), ...resources];
}
