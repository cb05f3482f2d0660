import type { CustomEnvironment } from "../../../../services/mcp/custom/config.ts";

/** What the custom server cannot do without. */
export const environment: CustomEnvironment = {
  TENANT_ID: "acme",
  SERVER_VERSION: "1.0.0",
  CONTEXT_ISSUER: "https://interceptor.example.com/acme",
  CONTEXT_PUBLIC_KEYS: "-----BEGIN PUBLIC KEY-----",
  ALLOWED_HOSTS: "127.0.0.1",
};
