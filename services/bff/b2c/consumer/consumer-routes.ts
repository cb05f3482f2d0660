import { Hono } from "hono";
import { ApiProblem } from "../../library/api-problem.ts";
import { readJson } from "../../library/json-body.ts";
import type { Conversations } from "../chat/conversations.ts";
import type { Runs } from "../chat/runs.ts";
import type { ConsumerEnvironment } from "../consumer-environment.ts";
import { consumerOf } from "../know-caller.ts";
import type { RecordStore } from "../store/records.ts";
import { consentSchema, consentsOf, giveConsents } from "./consents.ts";
import { preferencesOf, preferencesSchema } from "./preferences.ts";

/** What a consumer's own data are read and changed with. */
export interface ConsumerParts {
  readonly records: RecordStore;
  readonly conversations: Conversations;
  readonly runs: Runs;
}

/** Preferences, consents, and everything that is kept of a consumer: to be read, carried away (GDPR article 20) and deleted (article 17). */
export function consumerRoutes({ records, runs }: ConsumerParts): Hono<ConsumerEnvironment> {
  const app = new Hono<ConsumerEnvironment>();
  app.get("/preferences", async (context) => context.json(await preferencesOf(records, consumerOf(context).userId)));
  app.put("/preferences", async (context) => {
    const { userId } = consumerOf(context);
    const value = await readJson(context, preferencesSchema);
    await records.put({ kind: "preferences", id: userId, owner: userId, value });
    return context.json(value);
  });
  app.get("/consents", async (context) => context.json(await consentsOf(records, consumerOf(context).userId)));
  app.put("/consents", async (context) => {
    const { userId } = consumerOf(context);
    await giveConsents(records, userId, await readJson(context, consentSchema));
    return context.json(await consentsOf(records, userId));
  });
  app.get("/data", async (context) => {
    const { userId } = consumerOf(context);
    context.header("content-disposition", 'attachment; filename="my-data.json"');
    return context.json({ exportedAt: new Date().toISOString(), userId, ...(await dataOf(records, userId)) });
  });
  app.delete("/data", async (context) => {
    const { userId } = consumerOf(context);
    if (context.req.query("confirm") !== "yes")
      throw new ApiProblem("bad-request", "confirm=yes must say that everything is to be deleted");
    runs.forget(userId);
    return context.json({ deletedRecords: await records.removeOwner(userId) });
  });
  return app;
}

/** What is kept of a consumer, by kind; of sessions only when they were, for the rest of them are credentials. */
async function dataOf(records: RecordStore, owner: string): Promise<Readonly<Record<string, unknown>>> {
  const all = await records.ofOwner(owner);
  const of = (kind: string) => all.filter((it) => it.kind === kind && it.value !== null).map((it) => it.value);
  const sessions = of("session").map((it) => {
    const { createdAt, seenAt } = it as { createdAt: number; seenAt: number };
    return { createdAt: new Date(createdAt).toISOString(), seenAt: new Date(seenAt).toISOString() };
  });
  return {
    preferences: of("preferences")[0] ?? {},
    consents: await consentsOf(records, owner),
    conversations: of("conversation"),
    turns: of("turn"),
    sessions,
  };
}
