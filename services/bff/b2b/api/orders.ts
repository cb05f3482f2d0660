import type { z } from "zod";
import { hash } from "node:crypto";
import { COUNTED_PATHS } from "../../../../contracts/bff/paths.ts";
import { readJson } from "../../library/json-body.ts";
import { once } from "../idempotency/once.ts";
import type { Partner } from "../partners/partner.ts";
import type { PartnerApiParts } from "./api-parts.ts";
import { entityTag, isKnown, requireState } from "./entity-tags.ts";
import { paramsOf, queryOf } from "./parameters.ts";
import * as schemas from "./schemas.ts";
import { type PartnerApi, serve, type ServedRoute } from "./served-route.ts";

const LIST: ServedRoute = {
  method: "get",
  path: "/v1/orders",
  operationId: "listOrders",
  summary: "Lists the partner's orders, newest first",
  scope: "orders:read",
  query: schemas.orderQuery,
  response: { status: 200, description: "A page of orders.", schema: schemas.orderPage },
  problems: [],
};
const PLACE: ServedRoute = {
  method: "post",
  path: COUNTED_PATHS.orders,
  operationId: "placeOrder",
  summary: "Places an order, once for each Idempotency-Key",
  scope: "orders:write",
  headers: schemas.onceHeaders,
  body: schemas.newOrder,
  response: { status: 201, description: "The order.", schema: schemas.order },
  problems: ["conflict", "body-too-large", "unsupported-media-type", "invalid"],
};
const ONE: ServedRoute = {
  method: "get",
  path: "/v1/orders/{orderId}",
  operationId: "getOrder",
  summary: "Gives an order, with its ETag",
  scope: "orders:read",
  params: schemas.orderParams,
  response: { status: 200, description: "The order.", schema: schemas.order },
  problems: ["not-found"],
};
const CANCEL: ServedRoute = {
  method: "put",
  path: "/v1/orders/{orderId}/cancellation",
  operationId: "cancelOrder",
  summary: "Cancels an order that is not shipped, in the state that If-Match names",
  scope: "orders:write",
  params: schemas.orderParams,
  headers: schemas.stateHeaders,
  body: schemas.cancellation,
  response: { status: 200, description: "The order as it is now.", schema: schemas.order },
  problems: [
    "not-found",
    "conflict",
    "precondition-failed",
    "precondition-required",
    "body-too-large",
    "unsupported-media-type",
    "invalid",
  ],
};

/** The routes of orders. */
export const ORDER_ROUTES: readonly ServedRoute[] = [LIST, PLACE, ONE, CANCEL];

/** Serves the orders of the partner that calls. */
export function serveOrders(api: PartnerApi, { business, cursors, requests }: PartnerApiParts): void {
  serve(api, LIST, async (call) => {
    const { partner } = call.var;
    const { cursor, ...query } = queryOf(call, schemas.orderQuery);
    const purpose = `cursor of ${query.status ?? "all"} orders`;
    const from = cursor === undefined ? {} : { cursor: cursors.open(partner.id, purpose, cursor) };
    const { orders, nextCursor } = await business.orders(partner, { ...withoutUndefined(query), ...from });
    const next = nextCursor === undefined ? {} : { nextCursor: cursors.seal(partner.id, purpose, nextCursor) };
    return call.json({ orders, ...next });
  });
  serve(api, PLACE, async (call) => {
    const { partner } = call.var;
    const says = await readJson(call, schemas.newOrder);
    const work = async (key: string): Promise<Response> => {
      const placed = await business.place(partner, composed(says), backendKey(partner, key));
      return call.json(placed, 201, { location: `/v1/orders/${placed.id}`, etag: entityTag(placed) });
    };
    return once(call, { store: requests, route: PLACE.operationId, says, work });
  });
  serve(api, ONE, async (call) => {
    const { orderId } = paramsOf(call, schemas.orderParams);
    const found = await business.order(call.var.partner, orderId);
    const etag = entityTag(found);
    return isKnown(call, etag) ? call.body(null, 304, { etag }) : call.json(found, 200, { etag });
  });
  serve(api, CANCEL, async (call) => {
    const { partner } = call.var;
    const { orderId } = paramsOf(call, schemas.orderParams);
    const { reason } = await readJson(call, schemas.cancellation);
    requireState(call, entityTag(await business.order(partner, orderId)));
    const cancelled = await business.cancel(partner, orderId, reason.normalize("NFC"));
    return call.json(cancelled, 200, { etag: entityTag(cancelled) });
  });
}

/** Partners choose their keys without knowing of each other, and the systems behind know of no partners. */
export function backendKey({ tenantId, id }: Partner, key: string): string {
  return hash("sha256", JSON.stringify([tenantId, id, key]), "hex");
}

/** An order with its texts in Unicode's composed form. */
export function composed({ lines, note }: z.output<typeof schemas.newOrder>) {
  return { lines, ...(note !== undefined && { note: note.normalize("NFC") }) };
}

function withoutUndefined({ status, limit }: z.output<typeof schemas.orderQuery>) {
  return { limit, ...(status !== undefined && { status }) };
}
