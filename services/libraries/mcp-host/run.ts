import type { z } from "zod";
import { contextTokenVerifier } from "../service-kit/tokens/context-token.ts";
import { serviceLog } from "../service-kit/log.ts";
import { startTelemetry } from "../telemetry/telemetry.ts";
import type { HostConfig } from "./config.ts";
import type { ServerDefinition } from "./definition/definition.ts";
import { retained } from "./definition/deprecation.ts";
import type { HostLog } from "./guarded-call.ts";
import { createMcpHost } from "./host.ts";
import type { McpHost } from "./http/listener.ts";

/** A server, what its tools share, and what it was given. */
export interface RunServerOptions<Services> {
  readonly definition: ServerDefinition<Services>;
  readonly config: z.output<typeof HostConfig>;
  readonly services: Services;
  /** Ends what the services hold, once no call needs them. */
  readonly close?: () => Promise<void>;
}

/** The host of a server, as its configuration wants it; not yet listening. */
export function hostOf<Services>(
  { definition, config, services, close }: RunServerOptions<Services>,
  log: HostLog,
): McpHost {
  const host = createMcpHost(retained(definition, config.SERVER_DEPRECATION), {
    services,
    allowedHosts: config.ALLOWED_HOSTS,
    log,
    verifyContext: contextTokenVerifier({
      issuer: config.CONTEXT_ISSUER,
      audience: definition.name,
      tenantId: config.TENANT_ID,
      publicKeys: config.CONTEXT_PUBLIC_KEYS,
    }),
  });
  return {
    listen: (port, address) => host.listen(port, address),
    stop: async () => {
      await host.stop();
      await close?.();
    },
  };
}

/** Runs an MCP server as its process, on AgentCore's port, until the platform ends it. */
export async function runServer<Services>(options: RunServerOptions<Services>): Promise<void> {
  const { name, version } = options.definition;
  const { TENANT_ID: tenantId, PORT, LOG_LEVEL: level } = options.config;
  const log = serviceLog(name, { level });
  const failed = (error: unknown): void => log.warn({ error }, "spans are lost");
  const telemetry = await startTelemetry({ service: name, version, tenantId, failed });
  const host = hostOf(options, log);
  const port = await host.listen(PORT);
  log.info({ port, version }, "listening");
  const end = (): void =>
    void host
      .stop()
      .then(() => telemetry.stop())
      .then(() => process.exit(0));
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
}
