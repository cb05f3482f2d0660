import { Hono } from "hono";
import { expect, test } from "vitest";
import type { PartnerEnvironment } from "../../../../services/bff/b2b/partners/partner-environment.ts";
import type { Partner, PartnerScope } from "../../../../services/bff/b2b/partners/partner.ts";
import { PARTNER_PATH } from "../../../../services/bff/b2b/paths.ts";
import { partnerServer } from "../../../../services/bff/b2b/server.ts";
import { ApiProblem } from "../../../../services/bff/library/api-problem.ts";
import type { BffEnvironment } from "../../../../services/bff/library/bff-environment.ts";

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const partner = (...scopes: PartnerScope[]): Partner => ({
  tenantId: "acme-corp",
  id: "metal-works",
  customerId: "cus-1",
  tier: "standard",
  scopes,
  credential: { kind: "api-key", id: "k1" },
});

/** A server whose callers say their scopes themselves; who says none is nobody. */
function serverOf() {
  const channel = () => {
    const it = new Hono<PartnerEnvironment>();
    it.get("/", (call) => call.text(call.var.partner.id));
    return it;
  };
  const incoming = new Hono<BffEnvironment>();
  incoming.post("/", (call) => call.text("signed"));
  return partnerServer({
    authenticate: ({ headers }) => {
      const scopes = headers.get("x-scopes");
      if (scopes === null) return Promise.reject(new ApiProblem("unauthenticated", "who are you?"));
      return Promise.resolve(partner(...(scopes.split(" ") as PartnerScope[])));
    },
    webhooks: channel(),
    batches: channel(),
    incoming,
    log,
  });
}

test.each([
  [PARTNER_PATH.webhooks, "webhooks:manage"],
  [PARTNER_PATH.batches, "batches:write"],
])("%s is for partners with the scope %s", async (path, scope) => {
  const server = serverOf();
  expect((await server.request(path)).status).toBe(401);
  expect((await server.request(path, { headers: { "x-scopes": "orders:read" } })).status).toBe(403);
  const answer = await server.request(path, { headers: { "x-scopes": scope } });
  expect([answer.status, await answer.text()]).toEqual([200, "metal-works"]);
});

test("what partners send with a signature needs no credential, and the probe none at all", async () => {
  const server = serverOf();
  expect((await server.request(PARTNER_PATH.incoming, { method: "POST" })).status).toBe(200);
  expect((await server.request("/ping")).status).toBe(200);
});

test("a server without a channel does not serve its path", async () => {
  const server = partnerServer({ authenticate: () => Promise.resolve(partner("webhooks:manage")), log });
  expect((await server.request(PARTNER_PATH.webhooks)).status).toBe(404);
});
