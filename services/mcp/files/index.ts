import { contextTokenVerifier } from "../../shared/context-token.ts";
import { serviceLog } from "../../shared/log.ts";
import { remoteKeys } from "../../shared/token-keys.ts";
import { createMcpHost } from "../server/host.ts";
import { serve } from "../server/serve.ts";
import { FilesConfig } from "./config.ts";
import { DiskStore } from "./disk-store.ts";
import { filesServer } from "./server.ts";

const config = FilesConfig.parse(process.env);
const host = createMcpHost(filesServer, {
  services: { store: new DiskStore(config.FILES_ROOT) },
  allowedHosts: config.ALLOWED_HOSTS,
  log: serviceLog(filesServer.name),
  verifyContext: contextTokenVerifier({
    issuer: config.CONTEXT_ISSUER,
    audience: filesServer.name,
    keys: remoteKeys({ url: new URL(config.CONTEXT_KEYS_URL) }),
  }),
});
await serve(host);
