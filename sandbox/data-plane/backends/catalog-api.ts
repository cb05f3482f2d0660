import { readFileSync } from "node:fs";
import path from "node:path";
import { buildSchema, graphql } from "graphql";
import { Hono } from "hono";
import * as z from "zod";
import { EXAMPLES } from "../../../services/mcp/api-integration/read-apis.ts";
import { parsed, problemDetails } from "./problem-details.ts";

const Call = z.object({
  query: z.string(),
  operationName: z.string().optional(),
  variables: z.record(z.string(), z.unknown()).optional(),
});

interface Product {
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  price: { readonly cents: number; readonly currency: string };
}

interface Filter {
  readonly category?: string;
  readonly nameContains?: string;
}

/** The products of `catalog.schema.graphql`, in memory, as a GraphQL endpoint. */
export function catalogApi(): Hono {
  const schema = buildSchema(readFileSync(path.join(EXAMPLES, "catalog.schema.graphql"), "utf8"));
  const rootValue = resolvers([
    product("atlas", "Atlas of rivers", "BOOKS", 4_900),
    product("pan", "Cast-iron pan", "KITCHEN", 3_450),
    product("spade", "Garden spade", "GARDEN", 2_800),
  ]);
  const api = new Hono();
  api.onError(problemDetails);
  api.post("/", async (call) => {
    const { query, operationName, variables } = parsed(Call, await call.req.json());
    const result = await graphql({
      schema,
      source: query,
      rootValue,
      ...(operationName !== undefined && { operationName }),
      ...(variables !== undefined && { variableValues: variables }),
    });
    return call.json(result, 200, { "content-type": "application/graphql-response+json" });
  });
  return api;
}

function product(sku: string, name: string, category: string, cents: number): Product {
  return { sku, name, category, price: { cents, currency: "EUR" } };
}

function resolvers(products: readonly Product[]) {
  const named = (sku: string) => products.find((it) => it.sku === sku);
  return {
    products: ({ filter = {}, first }: { readonly filter?: Filter; readonly first: number }) =>
      products
        .filter((it) => filter.category === undefined || it.category === filter.category)
        .filter((it) => it.name.toLowerCase().includes((filter.nameContains ?? "").toLowerCase()))
        .slice(0, first),
    product: ({ sku }: { readonly sku: string }) => named(sku) ?? null,
    setPrice: ({ input: { sku, cents } }: { readonly input: { readonly sku: string; readonly cents: number } }) => {
      const found = named(sku);
      if (found === undefined) throw new Error(`there is no product ${sku}`);
      found.price = { ...found.price, cents };
      return found;
    },
  };
}
