import type { PartnerApiParts } from "./api-parts.ts";
import { entityTag, isKnown } from "./entity-tags.ts";
import { paramsOf, queryOf } from "./parameters.ts";
import * as schemas from "./schemas.ts";
import { type PartnerApi, serve, type ServedRoute } from "./served-route.ts";

const FIND: ServedRoute = {
  method: "get",
  path: "/v1/products",
  operationId: "findProducts",
  summary: "Finds products by category and by a part of their name",
  scope: "products:read",
  query: schemas.productQuery,
  response: { status: 200, description: "The products.", schema: schemas.productList },
  problems: [],
};
const ONE: ServedRoute = {
  method: "get",
  path: "/v1/products/{sku}",
  operationId: "getProduct",
  summary: "Gives a product with its price",
  scope: "products:read",
  params: schemas.productParams,
  response: { status: 200, description: "The product.", schema: schemas.product },
  problems: ["not-found"],
};

/** The routes of products. */
export const PRODUCT_ROUTES: readonly ServedRoute[] = [FIND, ONE];

/** Serves what the tenant sells. */
export function serveProducts(api: PartnerApi, { business }: PartnerApiParts): void {
  serve(api, FIND, async (call) => {
    const { category, name, limit } = queryOf(call, schemas.productQuery);
    const products = await business.products(call.var.partner, {
      first: limit,
      ...(category !== undefined && { category }),
      ...(name !== undefined && { nameContains: name }),
    });
    const etag = entityTag(products);
    return isKnown(call, etag) ? call.body(null, 304, { etag }) : call.json({ products }, 200, { etag });
  });
  serve(api, ONE, async (call) => {
    const found = await business.product(call.var.partner, paramsOf(call, schemas.productParams).sku);
    const etag = entityTag(found);
    return isKnown(call, etag) ? call.body(null, 304, { etag }) : call.json(found, 200, { etag });
  });
}
