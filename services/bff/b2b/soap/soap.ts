import type { Context } from "hono";
import { ApiProblem } from "../../library/api-problem.ts";
import { checkedBy } from "../../library/json-body.ts";
import { readBody } from "../../library/request-body.ts";
import { backendKey, composed } from "../api/orders.ts";
import type { PartnerApiParts } from "../api/api-parts.ts";
import { newOrder, orderParams } from "../api/schemas.ts";
import type { PartnerApi } from "../api/served-route.ts";
import type { Order } from "../business/business.ts";
import { once } from "../idempotency/once.ts";
import type { PartnerScope } from "../../../../contracts/bff/partner-access.ts";
import type { PartnerEnvironment } from "../partners/partner-environment.ts";
import { envelopeOf, faultOf, messageOf, SOAP, type SoapVersion, type XmlElement } from "./envelope.ts";
import { membersOf, orderOf, orderXml } from "./order-message.ts";
import { ORDERS_NAMESPACE, ordersWsdl, versionOf } from "./wsdl.ts";

const PATH = "/v1/soap/orders";
const MOST_BYTES = 64 * 1024;
const UTF8 = new TextDecoder("utf-8", { fatal: true });

type Call = Context<PartnerEnvironment>;

/** Serves orders by SOAP 1.1 and 1.2 to partners whose systems speak nothing else: who calls, what it may and what is done once are as by REST. */
export function serveSoap(api: PartnerApi, parts: PartnerApiParts): void {
  api.get(PATH, (call) => {
    const { host, hostname } = new URL(call.req.url);
    const address = `${hostname === "127.0.0.1" ? "http" : "https"}://${host}${PATH}`;
    return call.body(ordersWsdl(address), 200, { "content-type": "text/xml; charset=utf-8" });
  });
  api.post(PATH, async (call) => {
    const version = versionOf(call.req.header("content-type")?.split(";", 1)[0]?.trim().toLowerCase() ?? "");
    if (version === undefined)
      throw new ApiProblem("unsupported-media-type", "content-type must be text/xml or application/soap+xml");
    try {
      return await answered(call, version, parts);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      return fault(version, error);
    }
  });
  api.all(PATH, () => {
    throw new ApiProblem("method-not-allowed", "messages come by POST", { headers: { allow: "GET, POST" } });
  });
}

async function answered(call: Call, version: SoapVersion, parts: PartnerApiParts): Promise<Response> {
  const message = messageOf(textOf(await readBody(call, MOST_BYTES)), version);
  if (message.namespace !== ORDERS_NAMESPACE) throw unknown(message);
  switch (message.name) {
    case "PlaceOrder":
      return placed(call, version, { ...parts, message });
    case "GetOrder": {
      requireScopeOf(call, "orders:read");
      const { orderId } = checkedBy(orderParams, { orderId: membersOf(message, ["OrderId"])["OrderId"]?.[0]?.text });
      return answerWith(version, "GetOrder", await parts.business.order(call.var.partner, orderId));
    }
    default:
      throw unknown(message);
  }
}

function placed(
  call: Call,
  version: SoapVersion,
  { message, business, requests: store }: PartnerApiParts & { readonly message: XmlElement },
): Promise<Response> {
  requireScopeOf(call, "orders:write");
  const { partner } = call.var;
  const order = checkedBy(newOrder, orderOf(message));
  const work = async (key: string): Promise<Response> =>
    // The same key by REST is another request: its answer is kept as JSON.
    answerWith(
      version,
      "PlaceOrder",
      await business.place(partner, composed(order), backendKey(partner, `soap ${key}`)),
    );
  return once(call, { store, route: "placeOrderBySoap", says: { version, order }, work });
}

function requireScopeOf({ var: { partner } }: Call, scope: PartnerScope): void {
  if (!partner.scopes.includes(scope))
    throw new ApiProblem("forbidden", `the credential does not allow ${scope}`, { extensions: { scope } });
}

function answerWith(version: SoapVersion, operation: string, order: Order): Response {
  return response(version, envelopeOf(version, orderXml(`${operation}Response`, order)), 200);
}

/** SOAP 1.1 has one status for every fault; SOAP 1.2 tells whose it is. */
function fault(version: SoapVersion, problem: ApiProblem): Response {
  const status = SOAP[version].sender === "Sender" && problem.status < 500 ? 400 : 500;
  return response(version, envelopeOf(version, faultOf(version, problem)), status);
}

function response(version: SoapVersion, body: string, status: number): Response {
  const headers = { "content-type": `${SOAP[version].mediaType}; charset=utf-8`, "cache-control": "no-store" };
  return new Response(body, { status, headers });
}

function textOf(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch (cause) {
    throw new ApiProblem("bad-request", "the body must be UTF-8", { cause });
  }
}

function unknown({ name }: XmlElement): ApiProblem {
  return new ApiProblem("bad-request", `there is no operation "${name}" of ${ORDERS_NAMESPACE}`);
}
