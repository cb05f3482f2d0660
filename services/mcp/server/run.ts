import type { z } from "zod";
import { contextTokenVerifier } from "../../shared/context-token.ts";
import { serviceLog } from "../../shared/log.ts";
import type { HostConfig } from "./config.ts";
import type { ServerDefinition } from "./definition.ts";
import { createMcpHost } from "./host.ts";

/** A server, what its tools share, and what it was given. */
export interface RunServerOptions<Services> {
  readonly definition: ServerDefinition<Services>;
  readonly config: z.output<typeof HostConfig>;
  readonly services: Services;
  /** Ends what the services hold, once no call needs them. */
  readonly close?: () => Promise<void>;
}

/** Runs an MCP server as its process, on AgentCore's port, until the platform ends it. */
export async function runServer<Services>(options: RunServerOptions<Services>): Promise<void> {
  const { definition, config, services, close } = options;
  const log = serviceLog(definition.name);
  const host = createMcpHost(definition, {
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
  const port = await host.listen(config.PORT);
  log.info({ port, version: definition.version }, "listening");
  const end = async (): Promise<void> => {
    await host.stop();
    await close?.();
    process.exit(0);
  };
  process.once("SIGTERM", () => void end());
  process.once("SIGINT", () => void end());
}
