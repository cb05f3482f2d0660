import { Hono } from "hono";
import { ApiProblem } from "../../library/api-problem.ts";
import type { Conversations } from "../chat/conversations.ts";
import type { ConsumerEnvironment } from "../consumer-environment.ts";
import { consumerOf } from "../know-caller.ts";
import type { KeptRecord, RecordStore } from "../store/records.ts";
import { readPosition, writePosition } from "./positions.ts";

const LARGEST_PAGE = 50;

/** What conversations are read with. */
export interface ConversationParts {
  readonly records: RecordStore;
  readonly conversations: Conversations;
}

/**
 * Conversations for apps, in compact JSON by pages: `GET /` the list, `GET /:thread` one with its turns, `DELETE /:thread`. `GET /changes` tells
 * an app that was without a network what has changed since its last token, what was removed included.
 */
export function conversationRoutes({ records, conversations }: ConversationParts): Hono<ConsumerEnvironment> {
  const app = new Hono<ConsumerEnvironment>();
  app.get("/", async (context) => {
    const { userId } = consumerOf(context);
    const page = await pageOf(records, userId, context.req.query());
    const items = page.records.filter((it) => it.value !== null).map((it) => summaryOf(userId, it));
    return context.json({ items, ...(page.next !== undefined && { next: page.next }) });
  });
  app.get("/changes", async (context) => {
    const { userId } = consumerOf(context);
    const page = await pageOf(records, userId, context.req.query());
    const items = page.records.map((it) =>
      it.value === null ? { id: threadOf(userId, it), removed: true } : summaryOf(userId, it),
    );
    return context.json({ items, more: page.next !== undefined, token: page.token });
  });
  app.get("/:thread", async (context) => {
    const { userId } = consumerOf(context);
    const thread = context.req.param("thread");
    const found = await conversations.find(userId, thread);
    if (found === undefined) throw unknown();
    const turns = await conversations.turns(userId, thread);
    const of = turns.map(({ runId, at, question, answer, tools }) => ({ runId, at, question, answer, tools }));
    return context.json({ id: thread, ...(found.title !== undefined && { title: found.title }), turns: of });
  });
  app.delete("/:thread", async (context) => {
    if (!(await conversations.remove(consumerOf(context).userId, context.req.param("thread")))) throw unknown();
    return context.body(null, 204);
  });
  return app;
}

function unknown(): ApiProblem {
  return new ApiProblem("not-found", "there is no such conversation");
}

interface Page {
  readonly records: readonly KeptRecord[];
  /** Where the next page begins; absent on the last. */
  readonly next?: string;
  /** From where changes are to be asked for the next time. */
  readonly token: string;
}

async function pageOf(
  records: RecordStore,
  owner: string,
  { limit = "20", after }: { readonly limit?: string; readonly after?: string },
): Promise<Page> {
  const size = Number(limit);
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_PAGE)
    throw new ApiProblem("bad-request", `limit must be a whole number from 1 to ${LARGEST_PAGE}`);
  const position = readPosition(after);
  const found = await records.ofOwner(owner, { kind: "conversation", after: position, limit: size + 1 });
  const page = found.slice(0, size);
  const token = writePosition(page.at(-1)?.version ?? position);
  return { records: page, token, ...(found.length > size && { next: token }) };
}

function threadOf(owner: string, { id }: KeptRecord): string {
  return id.slice(owner.length + 1);
}

function summaryOf(owner: string, record: KeptRecord): object {
  const { title } = record.value as { readonly title?: string };
  return { id: threadOf(owner, record), v: record.version, ...(title !== undefined && { title }) };
}
