import { createHash } from "node:crypto";
import type { Residency } from "../../../environments/residency.ts";

/** The rows of a company, by table; members are columns. */
export interface Business {
  readonly [table: string]: readonly Readonly<Record<string, unknown>>[];
}

interface Market {
  readonly country: string;
  readonly currency: string;
  readonly cities: readonly string[];
  readonly givenNames: readonly string[];
  readonly familyNames: readonly string[];
}

const MARKETS: Readonly<Record<Residency, Market>> = {
  us: {
    country: "US",
    currency: "USD",
    cities: ["Austin", "Boston", "Chicago", "Denver", "Portland", "Seattle"],
    givenNames: ["Alice", "Brandon", "Carmen", "Derek", "Emily", "Frank", "Grace", "Hector"],
    familyNames: ["Adams", "Brooks", "Carter", "Diaz", "Ellis", "Foster", "Garcia", "Hayes"],
  },
  eu: {
    country: "DE",
    currency: "EUR",
    cities: ["Berlin", "Bremen", "Dresden", "Hamburg", "Köln", "München"],
    givenNames: ["Anke", "Bernd", "Clara", "Dieter", "Elif", "Florian", "Greta", "Hannes"],
    familyNames: ["Albrecht", "Bauer", "Çelik", "Dietrich", "Engel", "Fischer", "Graf", "Hoffmann"],
  },
  apac: {
    country: "SG",
    currency: "SGD",
    cities: ["Bedok", "Clementi", "Jurong", "Queenstown", "Tampines", "Woodlands"],
    givenNames: ["Aisha", "Benjamin", "Chloe", "Darren", "Farah", "Guan", "Hui Min", "Kavitha"],
    familyNames: ["Abdullah", "Chan", "Goh", "Kumar", "Lim", "Ng", "Tan", "Wong"],
  },
  br: {
    country: "BR",
    currency: "BRL",
    cities: ["Belo Horizonte", "Curitiba", "Fortaleza", "Recife", "Salvador", "São Paulo"],
    givenNames: ["Ana", "Bruno", "Camila", "Diego", "Eduarda", "Felipe", "Gabriela", "Heitor"],
    familyNames: ["Almeida", "Barbosa", "Cardoso", "Dias", "Esteves", "Ferreira", "Gomes", "Henrique"],
  },
};

/** Name and price in hundredths. */
const PRODUCTS = [
  ["Standing desk", 64_900],
  ["Office chair", 32_950],
  ["Monitor, 27 inches", 28_900],
  ["Docking station", 18_900],
  ["Mechanical keyboard", 11_900],
  ["Vertical mouse", 5_490],
  ["Headset", 9_990],
  ["Desk lamp", 4_490],
  ["Cable set", 1_990],
  ["Notebook, ruled", 690],
] as const;

const CUSTOMERS = 64;
const ORDERS = 420;
const DAY_MS = 86_400_000;

/** A year of business until `now` of one tenant: always the same rows, at dates that are always recent. */
export function sampleBusiness(tenant: string, residency: Residency, now = new Date()): Business {
  const roll = dice(tenant);
  const market = MARKETS[residency];
  const customers = Array.from({ length: CUSTOMERS }, (_, i) => customer(i + 1, market, now));
  const orders = Array.from({ length: ORDERS }, (_, i) => order(i + 1, { roll, market, now }));
  return {
    customers,
    orders: orders.map(({ order: it }) => it),
    order_lines: orders.flatMap(({ lines }) => lines),
    invoices: orders.flatMap(({ invoices }) => invoices),
  };
}

function customer(id: number, { country, cities, givenNames, familyNames }: Market, now: Date) {
  // Each pair of names once.
  const given = givenNames[id % givenNames.length] ?? "";
  const family = familyNames[Math.floor((id - 1) / familyNames.length) % familyNames.length] ?? "";
  return {
    id,
    reference: `cus-${id}`,
    // Every other consumer has signed in once.
    person_id: id % 2 === 0 ? `u-customer-${id}` : null,
    name: `${given} ${family}`,
    email: `customer.${id}@example.com`,
    city: cities[id % cities.length],
    country,
    segment: id % 13 === 0 ? "enterprise" : id % 4 === 0 ? "small business" : "consumer",
    customer_since: day(now, -400 - 11 * id),
  };
}

interface OrderMaker {
  readonly roll: (sides: number) => number;
  readonly market: Market;
  readonly now: Date;
}

function order(id: number, { roll, market, now }: OrderMaker) {
  const age = Math.round(((ORDERS - id) * 365) / ORDERS);
  const lines = Array.from({ length: 1 + roll(4) }, (_, i) => {
    const [product, price] = PRODUCTS[(roll(PRODUCTS.length) + i) % PRODUCTS.length] ?? PRODUCTS[0];
    return { order_id: id, line: i + 1, product, quantity: 1 + roll(5), unit_price: price / 100 };
  });
  const hundredths = lines.reduce((sum, it) => sum + it.quantity * Math.round(it.unit_price * 100), 0);
  const status = roll(20) === 0 ? "cancelled" : age < 3 ? "placed" : age < 9 ? "shipped" : "delivered";
  const total = hundredths / 100;
  const placed = { id, customer_id: 1 + roll(CUSTOMERS), placed_at: `${day(now, -age)}T09:${10 + roll(50)}:00Z` };
  return {
    order: { ...placed, status, currency: market.currency, total },
    lines,
    invoices: invoice(id, { age, status, total, roll, now }),
  };
}

interface Invoiced extends Pick<OrderMaker, "roll" | "now"> {
  readonly age: number;
  readonly status: string;
  readonly total: number;
}

/** Shipped orders are invoiced two days later and due in a month; one in nine is not paid. */
function invoice(id: number, { age, status, total, roll, now }: Invoiced) {
  if (status === "cancelled" || status === "placed") return [];
  const isPaid = age > 20 && roll(9) !== 0;
  return [
    {
      number: `R-${String(10_000 + id)}`,
      order_id: id,
      issued_on: day(now, 2 - age),
      due_on: day(now, 32 - age),
      amount: total,
      paid_on: isPaid ? day(now, 2 - age + roll(18)) : null,
    },
  ];
}

function day(now: Date, offset: number): string {
  return new Date(now.getTime() + offset * DAY_MS).toISOString().slice(0, 10);
}

/** Numbers from 0 that look random and depend on the seed alone. */
function dice(seed: string): (sides: number) => number {
  let rolls = 0;
  return (sides) => {
    rolls += 1;
    return createHash("sha256").update(`${seed} ${rolls}`).digest().readUInt32BE() % sides;
  };
}
