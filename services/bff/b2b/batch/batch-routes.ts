import { type Context, Hono } from "hono";
import { stream } from "hono/streaming";
import * as z from "zod";
import { ApiProblem } from "../../library/api-problem.ts";
import type { PartnerEnvironment } from "../partners/partner-environment.ts";
import { PARTNER_PATH } from "../paths.ts";
import type { RowChecker } from "./checking/row-checker.ts";
import { isDelimiter } from "./formats/csv.ts";
import { type FileKind, FORMAT_OF_MEDIA_TYPE } from "./formats/rows-of.ts";
import type { Job, JobStore } from "./jobs/job.ts";
import { keepFile } from "./upload.ts";

/** What the routes need. */
export interface BatchDependencies {
  readonly store: JobStore;
  readonly checker: Pick<RowChecker, "has">;
}

const failedQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

/** Files with many records: sent once, and then a job whose progress, failed rows and results its partner asks for. */
export function batchRoutes({ store, checker }: BatchDependencies): Hono<PartnerEnvironment> {
  const routes = new Hono<PartnerEnvironment>();
  routes.post("/", async (call) => {
    const kind = kindOf(call);
    const schema = call.req.query("schema") ?? "";
    if (!checker.has(schema)) throw new ApiProblem("invalid", "schema must be the name of one of the tenant's schemas");
    const partnerId = call.var.partner.id;
    const id = await store.begin(partnerId, { schema, kind });
    if (id === undefined) throw new ApiProblem("limit-reached", "a partner has at most five jobs that are not over");
    const body = (call.req.raw.body ?? []) as AsyncIterable<Uint8Array>;
    await keepFile(store, id, { body, contentDigest: call.req.header("content-digest") });
    call.header("location", `${PARTNER_PATH.batches}/${id}`);
    return call.json(await store.find(partnerId, id), 202);
  });
  routes.get("/", async (call) => call.json({ items: await store.list(call.var.partner.id) }));
  routes.get("/:id", async (call) => call.json(await own(store, call)));
  routes.post("/:id/cancel", async (call) => {
    const { id } = await own(store, call);
    if (!(await store.cancel(call.var.partner.id, id)))
      throw new ApiProblem("conflict", "the job is over, or its file still arrives");
    return call.json(await own(store, call), 202);
  });
  routes.get("/:id/failed-rows", async (call) => {
    const { id } = await own(store, call);
    const query = failedQuery.safeParse(call.req.query());
    if (!query.success) throw new ApiProblem("bad-request", "after or limit is no number that is taken");
    return call.json({ items: await store.failedRows(id, query.data.after, query.data.limit) });
  });
  routes.get("/:id/results", async (call) => {
    const { id } = await own(store, call);
    call.header("content-type", "application/jsonl");
    return stream(call, async (output) => {
      for await (const lines of store.results(id)) await output.write(lines);
    });
  });
  return routes;
}

async function own(store: JobStore, call: Context<PartnerEnvironment>): Promise<Job> {
  const job = await store.find(call.var.partner.id, call.req.param("id") ?? "");
  if (job === undefined) throw new ApiProblem("not-found", "there is no job of this partner at this address");
  return job;
}

function kindOf(call: Context<PartnerEnvironment>): FileKind {
  const type = call.req.header("content-type")?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const format = Object.hasOwn(FORMAT_OF_MEDIA_TYPE, type) ? FORMAT_OF_MEDIA_TYPE[type] : undefined;
  const encoding = call.req.header("content-encoding") ?? "identity";
  if (format === undefined || encoding !== "identity")
    throw new ApiProblem(
      "unsupported-media-type",
      "a file must be text/csv, application/jsonl or application/xml, not compressed",
    );
  const delimiter = call.req.query("delimiter") ?? ",";
  if (!isDelimiter(delimiter)) throw new ApiProblem("invalid", "delimiter must be a comma, a semicolon, a tab or |");
  return { format, delimiter };
}
