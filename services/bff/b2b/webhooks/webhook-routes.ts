import { type Context, Hono } from "hono";
import * as z from "zod";
import { ApiProblem } from "../../library/api-problem.ts";
import { readJson } from "../../library/json-body.ts";
import type { PartnerEnvironment } from "../partners/partner-environment.ts";
import type { SourceStore } from "./incoming/sources.ts";
import { type Endpoint, type EndpointStore, MOST_ENDPOINTS } from "./outgoing/endpoints.ts";
import type { MessageStore } from "./outgoing/messages.ts";
import { type TargetRules, targetUrl } from "./outgoing/target.ts";

/** What the routes need. */
export interface WebhookDependencies {
  readonly endpoints: EndpointStore;
  readonly messages: MessageStore;
  readonly sources: SourceStore;
  readonly rules: TargetRules;
  readonly now: () => number;
}

const endpointBody = z.strictObject({
  url: z.string(),
  types: z
    .array(z.string().regex(/^[a-z][a-z0-9_.-]{0,127}$/))
    .min(1)
    .max(20),
});

const logQuery = z.object({
  state: z.enum(["pending", "delivered", "dead"]).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

/** What a partner does with its own endpoints and sources: make, list, remove, rotate secrets, read the log of deliveries, send again. */
export function webhookRoutes(dependencies: WebhookDependencies): Hono<PartnerEnvironment> {
  const routes = new Hono<PartnerEnvironment>();
  routes.route("/endpoints", endpointRoutes(dependencies));
  routes.route("/endpoints", deliveryRoutes(dependencies));
  routes.route("/sources", sourceRoutes(dependencies));
  return routes;
}

function endpointRoutes({ endpoints, rules, now }: WebhookDependencies): Hono<PartnerEnvironment> {
  const routes = new Hono<PartnerEnvironment>();
  routes.post("/", async (call) => {
    const { url, types } = await readJson(call, endpointBody);
    const added = await endpoints.add(call.var.partner.id, { url: targetUrl(url, rules), types });
    if (added === undefined) throw new ApiProblem("conflict", `a partner has at most ${MOST_ENDPOINTS} endpoints`);
    return call.json({ ...added.endpoint, secret: added.secret }, 201);
  });
  routes.get("/", async (call) => call.json({ items: await endpoints.list(call.var.partner.id) }));
  routes.get("/:id", async (call) => call.json(await own(endpoints, call)));
  routes.delete("/:id", async (call) => {
    if (!(await endpoints.remove(call.var.partner.id, call.req.param("id")))) missing();
    return call.body(null, 204);
  });
  routes.post("/:id/secret", async (call) =>
    call.json({ secret: (await endpoints.rotate(call.var.partner.id, call.req.param("id"), now())) ?? missing() }),
  );
  return routes;
}

function deliveryRoutes({ endpoints, messages }: WebhookDependencies): Hono<PartnerEnvironment> {
  const routes = new Hono<PartnerEnvironment>();
  routes.get("/:id/messages", async (call) => {
    const { id } = await own(endpoints, call);
    const query = logQuery.safeParse(call.req.query());
    if (!query.success) throw new ApiProblem("bad-request", "state or limit is not one that is known");
    return call.json({ items: await messages.log(id, query.data.state ?? null, query.data.limit) });
  });
  routes.post("/:id/replay", async (call) =>
    call.json({ replayed: await messages.replay((await own(endpoints, call)).id) }),
  );
  routes.post("/:id/messages/:message/replay", async (call) => {
    const replayed = await messages.replay((await own(endpoints, call)).id, call.req.param("message"));
    if (replayed === 0) throw new ApiProblem("conflict", "only a message that is dead can be sent again");
    return call.json({ replayed });
  });
  return routes;
}

function sourceRoutes({ sources, now }: WebhookDependencies): Hono<PartnerEnvironment> {
  const routes = new Hono<PartnerEnvironment>();
  routes.post("/", async (call) => {
    const added = await sources.add(call.var.partner.id);
    if (added === undefined) throw new ApiProblem("conflict", "the partner has as many sources as it may");
    return call.json(added, 201);
  });
  routes.get("/", async (call) => call.json({ items: await sources.list(call.var.partner.id) }));
  routes.delete("/:id", async (call) => {
    if (!(await sources.remove(call.var.partner.id, call.req.param("id")))) missing();
    return call.body(null, 204);
  });
  routes.post("/:id/secret", async (call) =>
    call.json({ secret: (await sources.rotate(call.var.partner.id, call.req.param("id"), now())) ?? missing() }),
  );
  return routes;
}

async function own(endpoints: EndpointStore, call: Context<PartnerEnvironment>): Promise<Endpoint> {
  return (await endpoints.find(call.var.partner.id, call.req.param("id") ?? "")) ?? missing();
}

function missing(): never {
  throw new ApiProblem("not-found", "there is nothing of this partner at this address");
}
