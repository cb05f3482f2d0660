import type { LocalPartner, LocalPartnerBff } from "../bff/b2b.ts";
import type { Platform } from "../platform.ts";
import { expected, holds, type Walk } from "./walk.ts";

const ORDER = JSON.stringify({ lines: [{ sku: "pan", quantity: 2 }], note: "alicerce local --check" });

/** Calls the BFF of a tenant as its partners do, each with a key of its own. */
export async function callsTheApi(walk: Walk, platform: Platform, tenant: string): Promise<void> {
  const bff = platform.partnerBffs.find((it) => it.tenant === tenant);
  const [partner, other] = bff?.partners ?? [];
  if (bff === undefined || partner === undefined || other === undefined)
    throw new TypeError(`${tenant} has no two partners`);
  await ordersOnce(walk, bff, { partner, other });
  await isKeptOut(walk, platform, { bff, partner });
}

async function ordersOnce(
  walk: Walk,
  bff: LocalPartnerBff,
  { partner, other }: { readonly partner: LocalPartner; readonly other: LocalPartner },
): Promise<void> {
  let path = "";
  await walk.step("a partner reads the description of the API, which needs no key", async () => {
    const description = (await (await fetch(bff.documentation)).json()) as { openapi: string; paths: object };
    return `OpenAPI ${description.openapi}, ${Object.keys(description.paths).length} paths at ${bff.documentation}`;
  });
  await walk.step("it orders with its API key; the same request sent again orders nothing more", async () => {
    const headers = { "idempotency-key": `check-${Date.now()}`, "content-type": "application/json" };
    const [first, again] = [
      await call(bff, partner, "/v1/orders", { method: "POST", headers, body: ORDER }),
      await call(bff, partner, "/v1/orders", { method: "POST", headers, body: ORDER }),
    ];
    expected([first.status, again.status], [201, 201], "status");
    const text = await first.text();
    expected(await again.text(), text, "the second answer");
    path = first.headers.get("location") ?? "";
    return `${text}; ${first.headers.get("ratelimit") ?? "no quota"}`;
  });
  await walk.step("another partner of the same tenant does not find that order", async () => {
    expected((await call(bff, partner, path)).status, 200, "status for the partner that ordered");
    expected((await call(bff, other, path)).status, 404, "status for the other one");
    return "404";
  });
}

async function isKeptOut(
  walk: Walk,
  { partnerBffs }: Platform,
  { bff, partner }: { readonly bff: LocalPartnerBff; readonly partner: LocalPartner },
): Promise<void> {
  await walk.step("the key of a partner is worth nothing at another tenant, and no key nothing anywhere", async () => {
    const elsewhere = partnerBffs.filter((it) => it.tenant !== bff.tenant);
    holds(elsewhere.length > 0, "there is no other tenant with partners");
    for (const it of elsewhere) expected((await call(it, partner, "/v1/orders")).status, 401, it.tenant);
    expected((await fetch(`${bff.url}/v1/orders`)).status, 401, "status without a key");
    return "401";
  });
}

function call(bff: LocalPartnerBff, { apiKey }: LocalPartner, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { ...Object.fromEntries(new Headers(init.headers)), "x-api-key": apiKey };
  return fetch(`${bff.url}${path}`, { ...init, headers });
}
