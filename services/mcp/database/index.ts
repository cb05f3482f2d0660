import { contextTokenVerifier } from "../../shared/context-token.ts";
import { serviceLog } from "../../shared/log.ts";
import { remoteKeys } from "../../shared/token-keys.ts";
import { createMcpHost } from "../server/host.ts";
import { serve } from "../server/serve.ts";
import { DatabaseConfig } from "./config.ts";
import { openServices } from "./open-services.ts";
import { databaseServer } from "./server.ts";

const config = DatabaseConfig.parse(process.env);
const log = serviceLog(databaseServer.name);
const host = createMcpHost(databaseServer, {
  services: openServices(config, (error) => log.warn({ err: error }, "an idle connection broke")),
  allowedHosts: config.ALLOWED_HOSTS,
  log,
  verifyContext: contextTokenVerifier({
    issuer: config.CONTEXT_ISSUER,
    audience: databaseServer.name,
    keys: remoteKeys({ url: new URL(config.CONTEXT_KEYS_URL) }),
  }),
});
await serve(host);
