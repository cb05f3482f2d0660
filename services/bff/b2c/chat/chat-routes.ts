import { Hono } from "hono";
import * as z from "zod";
import { readJson } from "../../library/json-body.ts";
import type { ConsumerEnvironment } from "../consumer-environment.ts";
import { consumerOf } from "../know-caller.ts";
import { answer, type AnsweringParts } from "./answering.ts";
import { eventStream, lastNumber } from "./event-stream.ts";
import type { Runs } from "./runs.ts";

const MOST_CHARACTERS = 8_000;
const MOST_BYTES = 512 * 1024;

const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/);

const textPart = z.object({ type: z.literal("text"), text: z.string() });
const userMessage = z.object({
  id: name,
  role: z.literal("user"),
  content: z
    .union([z.string(), z.array(textPart).transform((parts) => parts.map((it) => it.text).join("\n"))])
    .pipe(z.string().trim().min(1).max(MOST_CHARACTERS)),
});

/**
 * What we take of AG-UI's `RunAgentInput`: the ids and the last message, which must be the consumer's. The messages before it are the client's
 * own account of the conversation; the agent remembers it itself, and believes nobody who says what it has said.
 */
const runInput = z
  .object({ threadId: name, runId: name, messages: z.array(z.unknown()).min(1).max(1_000) })
  .transform(({ threadId, runId, messages }) => ({ threadId, runId, message: messages.at(-1) }))
  .pipe(z.object({ threadId: name, runId: name, message: userMessage }));

/** `POST /` begins a run, `GET /runs/:id` reads it again from `Last-Event-ID`, `DELETE /runs/:id` ends it. */
export function chatRoutes(runs: Runs, parts: AnsweringParts): Hono<ConsumerEnvironment> {
  const app = new Hono<ConsumerEnvironment>();
  app.post("/", async (context) => {
    const consumer = consumerOf(context);
    const { threadId, runId, message } = await readJson(context, runInput, MOST_BYTES);
    const run = runs.begin(consumer.userId, runId);
    const correlationId = context.get("correlationId");
    void answer(run, { consumer, threadId, messageId: message.id, text: message.content, correlationId }, parts);
    return eventStream(run, 0);
  });
  app.get("/runs/:id", (context) => {
    const run = runs.find(consumerOf(context).userId, context.req.param("id"));
    return eventStream(run, lastNumber(context.req.header("last-event-id")));
  });
  app.delete("/runs/:id", (context) => {
    runs.find(consumerOf(context).userId, context.req.param("id")).cancel("asked");
    return context.body(null, 202);
  });
  return app;
}
