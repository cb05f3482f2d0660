import { buildSchema, GraphQLError, type GraphQLObjectType, type GraphQLSchema } from "graphql";
import type { z } from "zod";
import { ApiProblem } from "../../library/api-problem.ts";
import { orderParams, orderQuery, productParams, productQuery } from "../api/schemas.ts";
import type { PartnerBusiness } from "../business/business.ts";
import type { PartnerScope } from "../../../../contracts/bff/partner-access.ts";
import type { Partner } from "../partners/partner.ts";

/** What the resolvers know: who asks, and whom they ask. */
export interface QueryContext {
  readonly partner: Partner;
  readonly business: PartnerBusiness;
}

const TYPES = /* GraphQL */ `
  type Query {
    "The partner's orders, newest first."
    orders(status: OrderStatus, limit: Int = 20): [Order!]!
    order(id: ID!): Order
    products(category: ProductCategory, name: String, limit: Int = 20): [Product!]!
    product(sku: ID!): Product
  }
  enum OrderStatus {
    open
    shipped
    cancelled
  }
  enum ProductCategory {
    BOOKS
    KITCHEN
    GARDEN
  }
  type Order {
    id: ID!
    status: OrderStatus!
    placedAt: String!
    lines: [OrderLine!]!
    note: String
    cancellationReason: String
  }
  type OrderLine {
    sku: ID!
    quantity: Int!
    product: Product
  }
  type Product {
    sku: ID!
    name: String!
    category: String!
    price: Price!
  }
  type Price {
    cents: Int!
    currency: String!
  }
`;

type Arguments = Readonly<Record<string, unknown>>;

/** The schema of partners: what can be read. Changes are made by REST, where a request has a key and an order a state. */
export function partnerSchema(): GraphQLSchema {
  const schema = buildSchema(TYPES);
  resolve(schema, "Query", "orders", (_, args, context) => ordersOf(args, context));
  resolve(schema, "Query", "order", (_, args, context) => orderOf(args, context));
  resolve(schema, "Query", "products", (_, args, context) => productsOf(args, context));
  resolve(schema, "Query", "product", (_, args, context) => productOf(args, context));
  resolve(schema, "OrderLine", "product", ({ sku }, _, context) => productOf({ sku }, context));
  return schema;
}

type Resolver = (from: Arguments, args: Arguments, context: QueryContext) => unknown;

function resolve(schema: GraphQLSchema, type: string, field: string, resolver: Resolver): void {
  const found = (schema.getType(type) as GraphQLObjectType<Arguments, QueryContext>).getFields()[field];
  if (found === undefined) throw new TypeError(`there is no ${type}.${field}`);
  found.resolve = resolver;
}

async function ordersOf(args: Arguments, { partner, business }: QueryContext) {
  need(partner, "orders:read");
  const { status, limit } = checked(orderQuery, asQuery(args));
  const { orders } = await business.orders(partner, { limit, ...(status !== undefined && { status }) });
  return orders;
}

function orderOf({ id }: Arguments, { partner, business }: QueryContext) {
  need(partner, "orders:read");
  const { orderId } = checked(orderParams, { orderId: id });
  return orNull(business.order(partner, orderId));
}

function productsOf(args: Arguments, { partner, business }: QueryContext) {
  need(partner, "products:read");
  const { category, name, limit } = checked(productQuery, asQuery(args));
  return business.products(partner, {
    first: limit,
    ...(category !== undefined && { category }),
    ...(name !== undefined && { nameContains: name }),
  });
}

function productOf(args: Arguments, { partner, business }: QueryContext) {
  need(partner, "products:read");
  const { sku } = checked(productParams, args);
  return orNull(business.product(partner, sku));
}

function need({ scopes }: Partner, scope: PartnerScope): void {
  if (scopes.includes(scope)) return;
  throw new GraphQLError(`the credential does not allow ${scope}`, { extensions: { code: "FORBIDDEN" } });
}

function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const message = `${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`.trim();
  throw new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT" } });
}

/** The same limits as by REST, where everything in a query is text. */
function asQuery(args: Arguments): object {
  const given = Object.entries(args).filter(([, it]) => it !== undefined && it !== null);
  return Object.fromEntries(given.map(([name, it]) => [name, typeof it === "number" ? String(it) : it]));
}

async function orNull<Value>(found: Promise<Value>): Promise<Value | null> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof ApiProblem && error.code === "not-found") return null;
    throw error;
  }
}
