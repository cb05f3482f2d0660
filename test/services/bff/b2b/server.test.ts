import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { BFF_HEALTH_PATH } from "../../../../contracts/bff/health.ts";
import { type AuditLine, auditLineSchema } from "../../../../contracts/records/audit-line.ts";
import type { PartnerEnvironment } from "../../../../services/bff/b2b/partners/partner-environment.ts";
import type { PartnerScope } from "../../../../contracts/bff/partner-access.ts";
import type { Partner } from "../../../../services/bff/b2b/partners/partner.ts";
import { PARTNER_PATH } from "../../../../services/bff/b2b/paths.ts";
import { partnerServer } from "../../../../services/bff/b2b/server.ts";
import { ApiProblem } from "../../../../services/bff/library/api-problem.ts";
import type { BffEnvironment } from "../../../../services/bff/library/bff-environment.ts";

/** What a server says of its requests. */
const audited: AuditLine[] = [];
const told = {
  tenantId: "acme-corp",
  audit: (line: string): void => void audited.push(auditLineSchema.parse(JSON.parse(line))),
};
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
    ...told,
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
  const server = partnerServer({ ...told, authenticate: () => Promise.resolve(partner("webhooks:manage")), log });
  expect((await server.request(PARTNER_PATH.webhooks)).status).toBe(404);
});

describe("the audit", () => {
  const requested = async (path: string, headers: Record<string, string> = {}) => {
    audited.length = 0;
    const { status } = await serverOf().request(path, { headers });
    return { status, lines: [...audited] };
  };

  test("has one line of a request that was answered: who by which credential, what, and how it ended", async () => {
    const { lines } = await requested(PARTNER_PATH.batches, { "x-scopes": "batches:write" });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      component: "bff-b2b",
      event_type: "bff_request",
      decision: "allowed",
      client_context: { agent_id: "metal-works", tenant_id: "acme-corp", user_id: null },
      mcp_context: { method: "GET", resource_accessed: PARTNER_PATH.batches },
      security_context: { token_id: "k1", token_issued_at: null, scopes: ["batches:write"] },
      response_context: { status_code: 200 },
    });
  });

  test.each([
    ["nobody", {}, 401, { refusal_code: "unauthenticated", client_context: { agent_id: null } }],
    [
      "a partner without the scope",
      { "x-scopes": "orders:read" },
      403,
      { refusal_code: "forbidden", client_context: { agent_id: "metal-works" } },
    ],
  ])("has one line of what is refused to %s, with the reason", async (_, headers, status, line) => {
    const refused = await requested(PARTNER_PATH.batches, headers);
    expect(refused.status).toBe(status);
    expect(refused.lines).toMatchObject([{ decision: "refused", ...line, response_context: { status_code: status } }]);
  });

  test("holds no query, and of a path that is too long its beginning", async () => {
    const { lines } = await requested(`${PARTNER_PATH.batches}/${"a".repeat(2_000)}?api_key=secret`, {
      "x-scopes": "batches:write",
    });
    expect(lines[0]?.mcp_context.resource_accessed).toHaveLength(256);
    expect(JSON.stringify(lines)).not.toContain("secret");
  });

  test("has no line of a probe", async () => {
    expect((await requested(BFF_HEALTH_PATH)).lines).toEqual([]);
  });
});
