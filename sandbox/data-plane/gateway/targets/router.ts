import { partsOfToolName } from "../../../../contracts/tool-names.ts";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { isRecord } from "../../../../contracts/json.ts";
import { isListMethod, listPage, LISTS } from "./aggregation.ts";
import type { ListMethod } from "./aggregation.ts";
import { nameIn, ownResult, targetRequest } from "../call.ts";
import type { Call } from "../call.ts";
import { GatewayProblem } from "../gateway-problem.ts";
import type { GatewayLimits } from "../http/limits.ts";
import type { PolicyEngine } from "../policy-engine.ts";
import { LEGACY, MODERN } from "../http/protocol.ts";
import { ResourceRoutes } from "./resource-routes.ts";
import { SEARCH_TOOL } from "../../../../contracts/tool-names.ts";
import { SEARCH_DEFINITION, searchTools } from "./tool-search.ts";
import type { RpcMessage, Target, TargetAnswer } from "./target.ts";

const CAPABILITIES = {
  tools: { listChanged: false },
  prompts: { listChanged: false },
  resources: { listChanged: false },
  logging: {},
};

const MOST_PAGES = 20;

/** What a router is made with. */
export interface RouterOptions {
  /** The gateway's, as clients are told it. */
  readonly name: string;
  readonly targets: readonly Target[];
  readonly policies: PolicyEngine;
  readonly limits: GatewayLimits;
}

/** Decides where a request goes, asks the policies whether a tool may be called, and answers itself what is the gateway's. */
export class Router {
  private readonly options: RouterOptions;
  private readonly targets: ReadonlyMap<string, Target>;
  private readonly resources: ResourceRoutes;
  private readonly searches: RateLimiterMemory;

  constructor(options: RouterOptions) {
    this.options = options;
    this.targets = new Map(options.targets.map((it) => [it.name, it]));
    this.resources = new ResourceRoutes(options.targets);
    this.searches = new RateLimiterMemory({ points: options.limits.searchesPerMinute, duration: 60 });
  }

  /** Answers a request; throws `GatewayProblem`. */
  async route(call: Call): Promise<TargetAnswer> {
    const { method, params } = call;
    if (isListMethod(method)) return this.list(call, method);
    switch (method) {
      case "tools/call":
        return this.callTool(call, nameIn(params));
      case "prompts/get":
        return this.sendTo(call, nameIn(params), (name) => ({ ...params, name }));
      case "resources/read":
        return (await this.resources.targetOf(nameIn(params, "uri"), call)).send(targetRequest(call));
    }
    return this.own(call);
  }

  private async list(call: Call, method: ListMethod): Promise<TargetAnswer> {
    const { cursor } = call.params;
    const { entries, nextCursor } = await listPage(call, method, this.options.targets, cursor);
    this.resources.learn(entries);
    const own = cursor === undefined ? [SEARCH_DEFINITION] : [];
    const all =
      method === "tools/list"
        ? this.listable(call, [...own, ...entries.map((it) => it.entry)])
        : entries.map((it) => it.entry);
    return answered(call, {
      [LISTS[method]]: all,
      ...(nextCursor !== undefined && { nextCursor }),
      ...(call.isModern && { ttlMs: 0, cacheScope: "private" }),
    });
  }

  private listable({ caller }: Call, tools: readonly RpcMessage[]): readonly RpcMessage[] {
    return tools.filter(({ name }) => typeof name === "string" && this.options.policies.mayBePermitted(caller, name));
  }

  private callTool(call: Call, name: string): Promise<TargetAnswer> {
    const { caller, params } = call;
    this.options.policies.requirePermit(caller, name, params["arguments"]);
    return name === SEARCH_TOOL ? this.search(call) : this.sendTo(call, name, (own) => ({ ...params, name: own }));
  }

  private async search(call: Call): Promise<TargetAnswer> {
    await requirePoint(this.searches);
    const { arguments: args } = call.params;
    const query = isRecord(args) ? args["query"] : undefined;
    if (typeof query !== "string")
      return answered(call, { isError: true, content: [{ type: "text", text: "query must be text" }] });
    const tools = searchTools(query, this.listable(call, await this.allTools(call)));
    return answered(call, {
      structuredContent: { tools },
      content: [{ type: "text", text: JSON.stringify({ tools }) }],
    });
  }

  private async allTools(call: Call): Promise<readonly RpcMessage[]> {
    const tools: RpcMessage[] = [];
    let cursor: string | undefined;
    for (let i = 0; i < MOST_PAGES && (i === 0 || cursor !== undefined); i++) {
      const page = await listPage(call, "tools/list", this.options.targets, cursor);
      tools.push(...page.entries.map((it) => it.entry));
      cursor = page.nextCursor;
    }
    return tools;
  }

  /** Sends a call to the target that its name begins with, which knows it by the rest of the name. */
  private sendTo(call: Call, name: string, renamed: (name: string) => Call["params"]): Promise<TargetAnswer> {
    const { target: targetName = "", tool = "" } = partsOfToolName(name) ?? {};
    const target = this.targets.get(targetName);
    if (target !== undefined) return target.send(targetRequest(call, { params: renamed(tool) }));
    throw new GatewayProblem("ERR_NAME_UNKNOWN", `no target has "${name.slice(0, 80)}"`);
  }

  private own(call: Call): TargetAnswer {
    const { method, isModern } = call;
    const server = { name: this.options.name, version: "1.0.0" };
    if (isModern) {
      if (method === "server/discover") {
        const _meta = { "io.modelcontextprotocol/serverInfo": server };
        const offered = { supportedVersions: [MODERN], capabilities: CAPABILITIES };
        return answered(call, { ...offered, ttlMs: 0, cacheScope: "private", _meta });
      }
      throw new GatewayProblem("ERR_METHOD_UNKNOWN", `method "${method}" is not served`, { status: 404 });
    }
    if (method === "initialize")
      return answered(call, { protocolVersion: LEGACY, capabilities: CAPABILITIES, serverInfo: server });
    if (method === "ping" || method === "logging/setLevel") return answered(call, {});
    throw new GatewayProblem("ERR_METHOD_UNKNOWN", `method "${method}" is not served`);
  }
}

/** Takes a point of a rate limit, or throws `GatewayProblem`. */
export async function requirePoint(limiter: RateLimiterMemory): Promise<void> {
  try {
    await limiter.consume("gateway");
  } catch (full) {
    if (full instanceof RateLimiterRes) throw new GatewayProblem("ERR_THROTTLED", "rate limit is used up");
    throw full;
  }
}

function answered(call: Call, result: object): TargetAnswer {
  return { status: 200, headers: {}, message: ownResult(call, result) as RpcMessage };
}
