import { OpenAPIHono } from "@hono/zod-openapi";
import { serveSoap } from "../soap/soap.ts";
import { serveGraphql } from "../graphql/graphql.ts";
import type { PartnerEnvironment } from "../partners/partner-environment.ts";
import type { PartnerApiParts } from "./api-parts.ts";
import { CONVERSATION_ROUTES, serveConversations } from "./conversations.ts";
import { ORDER_ROUTES, serveOrders } from "./orders.ts";
import { PRODUCT_ROUTES, serveProducts } from "./products.ts";
import { type PartnerApi, refuseOtherMethods } from "./served-route.ts";

/** The API of partners, version 1, REST, GraphQL and SOAP: to be served behind `requirePartner`. */
export function partnerApi(parts: PartnerApiParts): PartnerApi {
  const api: PartnerApi = new OpenAPIHono<PartnerEnvironment>();
  serveOrders(api, parts);
  serveProducts(api, parts);
  serveConversations(api, parts);
  serveGraphql(api, parts);
  serveSoap(api, parts);
  refuseOtherMethods(api, [...ORDER_ROUTES, ...PRODUCT_ROUTES, ...CONVERSATION_ROUTES]);
  return api;
}
