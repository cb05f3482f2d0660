import { AsyncLocalStorage } from "node:async_hooks";
import {
  type AuthProvider,
  type CallToolResult,
  Client,
  type ClientCapabilities,
  type ElicitRequest,
  type ElicitResult,
  type FetchLike,
  type OAuthClientProvider,
  StreamableHTTPClientTransport,
  UnauthorizedError,
} from "@modelcontextprotocol/client";
import { ON_BEHALF_OF_HEADER } from "../../../contracts/headers.ts";
import { GATEWAY_LIMITS, gatewayFetch, type GatewayLimits } from "./gateway-fetch.ts";
import { ATTRIBUTE, OPERATION, TOOL_ERROR } from "../telemetry/names.ts";
import { activeTraceparent, failActiveSpan, inSpan } from "../telemetry/spans.ts";
import { PersonLogin } from "./person-login.ts";

const BYPASS = { cacheMode: "bypass" } as const;

/** Whom a client speaks for, and to which gateway. */
export interface GatewayClientOptions {
  readonly url: URL;
  readonly name: string;
  readonly version: string;
  /** A person's login, the client credentials of a machine, or whatever has tokens. */
  readonly auth?: PersonLogin | OAuthClientProvider | AuthProvider;
  readonly limits?: Partial<GatewayLimits>;
  /** Answers what a server asks back; without it servers are told that nobody does. */
  readonly elicit?: (request: ElicitRequest) => Promise<ElicitResult>;
  readonly fetch?: FetchLike;
}

/** How something is asked of a gateway. */
export interface GatewayCall {
  readonly signal?: AbortSignal;
  /** The context token of the person or partner on whose behalf, as a BFF signed it; without it, the caller calls for itself. */
  readonly onBehalfOf?: string;
}

const LOGINS_PER_CALL = 2;

/** On whose behalf what runs now calls. */
const behalf = new AsyncLocalStorage<string>();

/**
 * The one way in which agents, BFFs and our own tools call MCP servers: through a gateway, in both protocol eras (premises 1 and 2).
 * Lists and resources are cached as long as the server says; a gateway in trouble is spared.
 */
export class GatewayClient {
  private readonly options: GatewayClientOptions;
  private readonly fetch: FetchLike;
  private client: Client | undefined;
  private connecting: Promise<Client> | undefined;
  private transport: StreamableHTTPClientTransport | undefined;

  constructor(options: GatewayClientOptions) {
    this.options = options;
    this.fetch = labelled(gatewayFetch({ ...GATEWAY_LIMITS, ...options.limits }, options.fetch));
  }

  /** The revision of the protocol that was agreed on, once connected. */
  get protocolVersion(): string | undefined {
    return this.client?.getNegotiatedProtocolVersion();
  }

  /** What this client is told to do with all that a gateway offers. */
  get instructions(): string | undefined {
    return this.client?.getInstructions();
  }

  /** What there is for the caller, or for the person on whose behalf it asks; what a person is shown is kept for nobody else. */
  listTools({ signal, onBehalfOf }: GatewayCall = {}) {
    const options = { ...(signal !== undefined && { signal }), ...(onBehalfOf !== undefined && BYPASS) };
    return this.through(async (client) => (await client.listTools({}, options)).tools, onBehalfOf);
  }

  /** Calls a tool; what the tool itself could not do is a result with `isError`, not an exception. */
  callTool(
    name: string,
    args: { [name: string]: unknown } = {},
    { signal, onBehalfOf }: GatewayCall = {},
  ): Promise<CallToolResult> {
    const options = signal === undefined ? {} : { signal };
    const attributes = {
      [ATTRIBUTE.mcpMethod]: "tools/call",
      [ATTRIBUTE.operation]: OPERATION.executeTool,
      [ATTRIBUTE.toolName]: name,
      [ATTRIBUTE.serverAddress]: this.options.url.hostname,
    };
    return inSpan(`tools/call ${name}`, { kind: "client", attributes }, async () => {
      const call = (client: Client) => client.callTool({ name, arguments: args }, options);
      const result = await this.through(call, onBehalfOf);
      if (result.isError === true) failActiveSpan(TOOL_ERROR);
      return result;
    });
  }

  listPrompts() {
    return this.through(async (client) => (await client.listPrompts()).prompts);
  }

  getPrompt(name: string, args: { [name: string]: string } = {}) {
    return this.through((client) => client.getPrompt({ name, arguments: args }));
  }

  listResources() {
    return this.through(async (client) => (await client.listResources()).resources);
  }

  readResource(uri: string) {
    return this.through((client) => client.readResource({ uri }));
  }

  async close(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    await client?.close();
  }

  /** Does something with a connection; a person whose login is not enough for it logs in once more. */
  private async through<Result>(work: (client: Client) => Promise<Result>, onBehalfOf?: string): Promise<Result> {
    for (let login = 0; ; login++) {
      try {
        const client = await this.connected();
        return await (onBehalfOf === undefined ? work(client) : behalf.run(onBehalfOf, () => work(client)));
      } catch (error) {
        if (!(error instanceof UnauthorizedError) || login >= LOGINS_PER_CALL || !(await this.finishLogin()))
          throw error;
      }
    }
  }

  private async connected(): Promise<Client> {
    if (this.client !== undefined) return this.client;
    this.connecting ??= this.connect().finally(() => (this.connecting = undefined));
    this.client = await this.connecting;
    return this.client;
  }

  private async connect(): Promise<Client> {
    const { url, name, version, auth, elicit } = this.options;
    const capabilities: ClientCapabilities =
      elicit === undefined ? {} : { elicitation: { form: { applyDefaults: true } } };
    const client = new Client({ name, version }, { capabilities, versionNegotiation: { mode: "auto" } });
    if (elicit !== undefined) client.setRequestHandler("elicitation/create", elicit);
    this.transport = new StreamableHTTPClientTransport(url, {
      fetch: this.fetch,
      ...(auth !== undefined && { authProvider: auth }),
      // Whoever merely holds a token cannot ask for another one.
      onInsufficientScope: auth !== undefined && "tokens" in auth ? "reauthorize" : "throw",
    });
    await client.connect(this.transport);
    return client;
  }

  /** Redeems what a person was sent back with; tells whether there was something. */
  private async finishLogin(): Promise<boolean> {
    const { auth } = this.options;
    const returned = auth instanceof PersonLogin ? auth.takeReturned() : undefined;
    if (returned === undefined) return false;
    await this.transport?.finishAuth(returned);
    return true;
  }
}

/** A `fetch` that says which span it is part of (W3C Trace Context), and on whose behalf it is. */
function labelled(through: FetchLike): FetchLike {
  return (url, init) => {
    const labels = { traceparent: activeTraceparent(), [ON_BEHALF_OF_HEADER]: behalf.getStore() };
    const headers = new Headers(init?.headers);
    for (const [name, value] of Object.entries(labels)) if (value !== undefined) headers.set(name, value);
    return through(url, { ...init, headers });
  };
}
