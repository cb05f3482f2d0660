import { requireScopes, ResourceTemplate, type McpServer, type ServerContext } from "@modelcontextprotocol/server";
import type { Classification } from "../../../../contracts/classifications.ts";
import type { Deprecation, Prompt, Resource, ServerDefinition, Tool } from "./definition.ts";
import { deprecationMeta } from "./deprecation.ts";
import { type Asked, exchangeOf } from "../http/exchange.ts";
import { frozenSchema } from "./frozen-schema.ts";
import { callTool, guarded, isPermitted, orProtocolError, type CallFrame } from "../guarded-call.ts";

/** One thing of a definition, ready to be put into a server. */
export interface Registration {
  readonly name: string;
  readonly deprecated?: Deprecation;
  /** Whether a message is about this one. */
  isNamedBy(asked: Asked): boolean;
  into(server: McpServer): void;
}

/** A whole definition, ready. */
export interface Registrations {
  readonly tools: ReadonlyMap<string, Registration>;
  readonly prompts: ReadonlyMap<string, Registration>;
  readonly resources: readonly Registration[];
}

/** Prepares what does not differ between requests: schemas, metadata, callbacks. */
export function registrations<Services>(
  { tools, prompts, resources }: ServerDefinition<Services>,
  frame: CallFrame<Services>,
): Registrations {
  return {
    tools: byName(tools.map((tool) => toolRegistration(tool, frame))),
    prompts: byName((prompts ?? []).map((prompt) => promptRegistration(prompt, frame))),
    resources: [...byName((resources ?? []).map((resource) => resourceRegistration(resource, frame))).values()],
  };
}

function byName(all: readonly Registration[]): ReadonlyMap<string, Registration> {
  const named = new Map<string, Registration>();
  for (const registration of all) {
    if (named.has(registration.name)) throw new TypeError(`"${registration.name}" is defined twice`);
    named.set(registration.name, registration);
  }
  return named;
}

function toolRegistration<Services>(tool: Tool<Services>, frame: CallFrame<Services>): Registration {
  const { name, title, description, input, output } = tool;
  const config = {
    title,
    description,
    inputSchema: frozenSchema(input),
    ...(output !== undefined && { outputSchema: frozenSchema(output) }),
    annotations: { readOnlyHint: tool.scope === "mcp:read" },
    scopeChallenge: requireScopes(tool.scope),
    _meta: metaOf(tool),
  };
  const run = (args: unknown, protocol: ServerContext) => callTool(frame, tool, args as object, protocol);
  return { ...declared(tool), into: (server) => void server.registerTool(name, config, run) };
}

function promptRegistration<Services>(prompt: Prompt<Services>, frame: CallFrame<Services>): Registration {
  const { name, title, description, args } = prompt;
  const config = { title, description, scopeChallenge: requireScopes(prompt.scope), _meta: metaOf(prompt) };
  const render = (values: object, protocol: ServerContext) =>
    orProtocolError(frame, name, protocol, async () =>
      withNotice(prompt, await guarded(frame, prompt, protocol, (call) => prompt.render(values, call))),
    );
  return {
    ...declared(prompt),
    into: (server) => {
      if (args === undefined) server.registerPrompt(name, config, (protocol) => render({}, protocol));
      else
        server.registerPrompt(name, { ...config, argsSchema: args }, (values, protocol) =>
          render(values as object, protocol),
        );
    },
  };
}

function resourceRegistration<Services>(resource: Resource<Services>, frame: CallFrame<Services>): Registration {
  const { name, title, description, uri, mimeType, scope } = resource;
  const config = {
    title,
    description,
    ...(mimeType !== undefined && { mimeType }),
    scopeChallenge: requireScopes(scope),
    _meta: metaOf(resource),
  };
  type Variables = Parameters<Resource<Services>["read"]>[1];
  const read = (url: URL, variables: Variables, protocol: ServerContext) =>
    orProtocolError(frame, name, protocol, async () =>
      withNotice(resource, await guarded(frame, resource, protocol, (call) => resource.read(url, variables, call))),
    );
  if (!uri.includes("{")) {
    const into: Registration["into"] = (server) =>
      void server.registerResource(name, uri, config, (url, protocol) => read(url, {}, protocol));
    return { ...declared(resource), isNamedBy: (asked) => asked.uri === uri, into };
  }
  const template = templateOf(resource, frame);
  return {
    ...declared(resource),
    isNamedBy: (asked) => asked.uri !== undefined && template.uriTemplate.match(asked.uri) !== null,
    into: (server) => void server.registerResource(name, template, config, read),
  };
}

function templateOf<Services>(resource: Resource<Services>, frame: CallFrame<Services>): ResourceTemplate {
  const { uri, name } = resource;
  const list = (protocol: ServerContext) =>
    orProtocolError(frame, name, protocol, async () => {
      const { context } = exchangeOf(protocol);
      // What exists at a template's addresses is a tenant's own data.
      if (!context.scopes.includes(resource.scope) || !isPermitted(resource.permission, context))
        return { resources: [] };
      const resources = await guarded(frame, resource, protocol, async (call) => (await resource.list?.(call)) ?? []);
      return { resources: [...resources] };
    });
  return new ResourceTemplate(uri, { list: resource.list === undefined ? undefined : list });
}

interface Described {
  readonly name: string;
  readonly classification: Classification;
  readonly deprecated?: Deprecation;
}

function declared({ name, deprecated }: Described): Omit<Registration, "into"> {
  return { name, ...(deprecated !== undefined && { deprecated }), isNamedBy: (asked) => asked.name === name };
}

function withNotice<Answer extends { _meta?: object | undefined }>({ deprecated }: Described, answer: Answer): Answer {
  return deprecated === undefined ? answer : { ...answer, _meta: { ...answer._meta, ...deprecationMeta(deprecated) } };
}

function metaOf({ classification, deprecated }: Described): { [key: string]: unknown } {
  return {
    "alicerce/classification": classification,
    ...(deprecated !== undefined && deprecationMeta(deprecated)),
  };
}
