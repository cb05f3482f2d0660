import { Hono } from "hono";
import type { BffEnvironment } from "../../library/bff-environment.ts";
import { PARTNER_SCOPES } from "../../../../contracts/bff/partner-access.ts";
import type { PartnerApi } from "./served-route.ts";

/** What the description says of the API as a whole. */
const INFO = {
  title: "Partners",
  version: "1.0.0",
  description:
    "Orders, products and conversations with agents, for the partners of one tenant. Refusals are problems (RFC 9457); " +
    "quotas are in the fields RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers-11).",
};

/** Serves the description of an API to whoever asks, in OpenAPI 3.1 and 3.0; it is made once. */
export function apiDescription(api: PartnerApi, tokenUrl?: string): Hono<BffEnvironment> {
  const { openAPIRegistry: registry } = api;
  registry.registerComponent("securitySchemes", "apiKey", { type: "apiKey", in: "header", name: "X-API-Key" });
  registry.registerComponent("securitySchemes", "accessToken", {
    type: "oauth2",
    flows: {
      clientCredentials: {
        tokenUrl: tokenUrl ?? "/oauth2/token",
        scopes: Object.fromEntries(PARTNER_SCOPES.map((it) => [it, it])),
      },
    },
  });
  const newest = JSON.stringify(api.getOpenAPI31Document({ openapi: "3.1.0", info: INFO }));
  const older = JSON.stringify(api.getOpenAPIDocument({ openapi: "3.0.3", info: INFO }));
  const description = new Hono<BffEnvironment>();
  const json = { "content-type": "application/json", "cache-control": "public, max-age=300" };
  description.get("/v1/openapi.json", (call) => call.body(newest, 200, json));
  description.get("/v1/openapi-3.0.json", (call) => call.body(older, 200, json));
  return description;
}
