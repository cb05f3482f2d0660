import { readFileSync } from "node:fs";
import path from "node:path";
import { Hono } from "hono";
import * as soap from "soap";
import { EXAMPLES } from "../../../services/mcp/api-integration/read-apis.ts";

interface Quote {
  readonly postalCode: string;
  readonly service: string;
  readonly parcel: { readonly weightGrams: number } | readonly { readonly weightGrams: number }[];
  readonly insured?: boolean;
}

interface Booking {
  readonly orderId: string;
  readonly postalCode: string;
}

/** The service of `shipping.wsdl` as a SOAP endpoint, served by a library of its own. */
export async function shippingApi(): Promise<Hono> {
  const xml = readFileSync(path.join(EXAMPLES, "shipping.wsdl"), "utf8");
  const booked: Booking[] = [];
  const ShippingSoap = {
    QuoteShipping: quoteOf,
    BookShipment: (booking: Booking) => {
      checkPostalCode(booking.postalCode);
      return { trackingId: `trk-${booked.push(booking)}` };
    },
  };
  const options = { path: "/", services: { ShippingService: { ShippingSoap } }, xml, suppressStack: true };
  const server = await soap.createServerless(options);
  const api = new Hono();
  api.post("/", async (call) => {
    const headers = { soapaction: call.req.header("soapaction"), "content-type": call.req.header("content-type") };
    const answer = await server.processRequest(await call.req.text(), { url: "/", method: "POST", headers });
    return new Response(answer.body, { status: answer.statusCode, headers: { "content-type": "text/xml" } });
  });
  return api;
}

function quoteOf({ postalCode, service, parcel, insured }: Quote) {
  checkPostalCode(postalCode);
  const grams = [parcel].flat().reduce((sum, it) => sum + it.weightGrams, 0);
  const cents = 390 + Math.ceil(grams / 1_000) * 120 + (insured === true ? 250 : 0);
  const isExpress = service === "express";
  const price = ((isExpress ? 2 * cents : cents) / 100).toFixed(2);
  return { price, currency: "EUR", days: isExpress ? 1 : 3, leg: ["depot", postalCode] };
}

function checkPostalCode(postalCode: string): void {
  if (/^\d{5}$/.test(postalCode)) return;
  const faultstring = `postal code ${postalCode} is not known`;
  // The library makes a fault of what is thrown in this shape, and of nothing else.
  // eslint-disable-next-line @typescript-eslint/only-throw-error
  throw { Fault: { faultcode: "soap:Client", faultstring } };
}
