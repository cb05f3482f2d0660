import type { Interceptor } from "../../../services/gateway-interceptor/interceptor.ts";
import { endServer, listenOnLoopback } from "../loopback-server.ts";
import type { RefusedRequest } from "./arrival.ts";
import { authorizer } from "./authorizer.ts";
import type { CustomJwtAuthorizer } from "./authorizer.ts";
import { gatewayListener, originOf } from "./http/listener.ts";
import type { GatewayProblem } from "./gateway-problem.ts";
import { Interception } from "./interception.ts";
import { GATEWAY_LIMITS } from "./http/limits.ts";
import type { GatewayLimits } from "./http/limits.ts";
import { Pipeline } from "./pipeline.ts";
import { PolicyEngine } from "./policy-engine.ts";
import type { NamedStatement } from "./policy-engine.ts";
import { Router } from "./targets/router.ts";
import { Sessions } from "./http/sessions.ts";
import { Target } from "./targets/target.ts";
import type { TargetOptions } from "./targets/target.ts";

/** A gateway, in the words of AgentCore's. */
export interface GatewayOptions {
  readonly name: string;
  /** The resource that the policies are about. */
  readonly arn: string;
  readonly authorizer: CustomJwtAuthorizer;
  /** Those of the authorizer's scopes that a client without a token is told to ask for. */
  readonly firstScopes: readonly string[];
  /** What runs as a function in the cloud, at both interception points. */
  readonly interceptor: Interceptor;
  readonly policies: readonly NamedStatement[];
  readonly targets: readonly TargetOptions[];
  /** A free one if it does not matter, but clients keep the address. */
  readonly port?: number;
  readonly limits?: Partial<GatewayLimits>;
  readonly log: { readonly warn: (fields: object, message: string) => void };
  /** Takes what was refused before the interceptor saw it; throws when it cannot be recorded. */
  readonly refused: (refusal: RefusedRequest) => void;
}

/** A gateway that is up. */
export interface Gateway {
  /** The MCP endpoint. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** What a gateway does with requests, whoever brings them. */
export interface Assembly {
  readonly pipeline: Pipeline;
  readonly issuer: () => Promise<string>;
  readonly limits: GatewayLimits;
  readonly report: (problem: GatewayProblem) => void;
  readonly refused: (refusal: RefusedRequest) => void;
  readonly close: () => Promise<unknown>;
}

/** Puts a gateway together; throws `TypeError` for options that AgentCore would refuse, and for statements that are no Cedar. */
export function assemble(options: GatewayOptions): Assembly {
  const { name, arn, policies: statements, interceptor, log, refused } = options;
  const limits = { ...GATEWAY_LIMITS, ...options.limits };
  const report = (problem: GatewayProblem): void => {
    if (problem.status < 500 && problem.code !== "ERR_TARGET") return;
    log.warn({ error: problem, code: problem.code }, "call failed");
  };
  const targets = targetsOf(options.targets, limits);
  const policies = new PolicyEngine(arn, statements);
  const { authorize, issuer } = authorizer(options.authorizer);
  const pipeline = new Pipeline({
    authorize,
    interception: new Interception(interceptor, limits),
    router: new Router({ name, targets, policies, limits }),
    sessions: new Sessions(limits.sessionMs),
    limits,
    report,
    refused,
  });
  return { pipeline, issuer, limits, report, refused, close: () => Promise.all(targets.map((it) => it.close())) };
}

/**
 * Starts an AgentCore gateway for MCP on loopback: the interceptor and the policies are those that are deployed. Unlike
 * the real one it asks its targets at each list, searches for tools by words, and does not sign what it sends.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { close, ...assembly } = assemble(options);
  const server = gatewayListener({
    ...assembly,
    scopes: options.authorizer.allowedScopes,
    firstScopes: options.firstScopes,
  });
  await listenOnLoopback(server, options.port);
  const stop = async (): Promise<void> => {
    await Promise.all([endServer(server), close()]);
  };
  return { url: `${originOf(server)}/mcp`, stop };
}

function targetsOf(options: readonly TargetOptions[], limits: GatewayLimits): readonly Target[] {
  const names = new Set(options.map(({ name }) => name));
  if (names.size !== options.length) throw new TypeError("two targets have the same name");
  return options.map((it) => new Target(it, limits));
}
