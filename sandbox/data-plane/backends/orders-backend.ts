import { randomBytes } from "node:crypto";
import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { basicAuth } from "hono/basic-auth";
import { bearerAuth } from "hono/bearer-auth";
import type { z } from "zod";
import type { BackendSettings } from "../../../services/mcp/api-integration/http/backend-settings.ts";
import { endServer, listenOnLoopback } from "../loopback-server.ts";
import { catalogApi } from "./catalog-api.ts";
import { erpApi } from "./erp-api.ts";
import { inventoryApi } from "./inventory-api.ts";
import { ordersApi } from "./orders-api.ts";
import { shippingApi } from "./shipping-api.ts";

/** The APIs of the shipped example, served on this machine. */
export interface OrdersBackend {
  readonly url: string;
  /** What `BACKENDS` of the API integration server says of them, once it is JSON. */
  readonly backends: { readonly [api: string]: z.input<typeof BackendSettings> };
  /** As `backends`, of APIs that tenants bring. */
  readonly brought: { readonly [api: string]: z.input<typeof BackendSettings> };
  /** The secrets that they want, by the names in `backends` and `brought`: made up at each start. */
  readonly secrets: { readonly [name: string]: string };
  readonly stop: () => Promise<void>;
}

const SHOP_USER = "shop";

/** Serves orders (REST), catalog (GraphQL), shipping (SOAP) and inventory (restJson) on loopback, each behind its own credential. */
export async function startOrdersBackend({ port = 0 }: { readonly port?: number } = {}): Promise<OrdersBackend> {
  const token = randomBytes(24).toString("base64url");
  const apiKey = randomBytes(24).toString("base64url");
  const password = randomBytes(24).toString("base64url");
  const app = new Hono()
    .use("/orders/*", bearerAuth({ token }))
    .use("/catalog", (call, next) =>
      call.req.header("x-api-key") === apiKey ? next() : Promise.resolve(call.text("an API key is required", 401)),
    )
    .use("/erp/*", (call, next) =>
      call.req.header("x-api-key") === apiKey ? next() : Promise.resolve(call.text("an API key is required", 401)),
    )
    .use("/shipping", basicAuth({ username: SHOP_USER, password }))
    .route("/orders/v1", ordersApi())
    .route("/catalog", catalogApi())
    .route("/shipping", await shippingApi())
    .route("/inventory", inventoryApi())
    .route("/erp/v1", erpApi());
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  const url = `http://127.0.0.1:${await listenOnLoopback(server, port)}`;
  return {
    url,
    backends: {
      orders: { ...here(`${url}/orders/v1`), secretName: "orders-token" },
      catalog: { ...here(`${url}/catalog`), secretName: "catalog-key" },
      shipping: { ...here(`${url}/shipping`), secretName: "shipping-login" },
      inventory: here(`${url}/inventory`),
    },
    brought: { erp: { ...here(`${url}/erp/v1`), secretName: "erp-key" } },
    secrets: {
      "erp-key": apiKey,
      "orders-token": token,
      "catalog-key": apiKey,
      "shipping-login": JSON.stringify({ username: SHOP_USER, password }),
    },
    stop: () => endServer(server),
  };
}

function here(baseUrl: string): z.input<typeof BackendSettings> {
  return { baseUrl, dangerouslyAllowedNetworks: ["127.0.0.0/8"] };
}
