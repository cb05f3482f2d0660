import * as z from "zod";
import { allowanceSchema } from "../../../../contracts/agents/events.ts";
import type { RecordStore } from "../store/records.ts";

const DAY_MS = 86_400_000;
/** For how long a conversation can be gone on with: as long as its history is kept, or for a day. */
const HISTORY_MS = 365 * DAY_MS;

const conversationSchema = z.object({
  threadId: z.string(),
  contextId: z.string(),
  /** The task that waits for the consumer's next message. */
  taskId: z.string().optional(),
  title: z.string().optional(),
});

/** A conversation with the agents, and how they call it. */
export type Conversation = z.infer<typeof conversationSchema>;

const turnSchema = z.object({
  threadId: z.string(),
  runId: z.string(),
  at: z.string(),
  question: z.string(),
  answer: z.string(),
  tools: z.array(z.object({ tool: z.string(), outcome: z.string(), allowedBy: allowanceSchema.optional() })),
});

/** A question and its answer. */
export type Turn = z.infer<typeof turnSchema>;

/** The conversations of consumers; each is found by its own consumer alone, whatever id another one gives. */
export class Conversations {
  private readonly records: RecordStore;

  constructor(records: RecordStore) {
    this.records = records;
  }

  async find(owner: string, threadId: string): Promise<Conversation | undefined> {
    const record = await this.records.get("conversation", `${owner}/${threadId}`);
    return record?.value === undefined || record.value === null ? undefined : conversationSchema.parse(record.value);
  }

  async keep(owner: string, conversation: Conversation, isHistoryKept: boolean): Promise<void> {
    const { title, ...named } = conversation;
    await this.records.put({
      kind: "conversation",
      id: `${owner}/${conversation.threadId}`,
      owner,
      value: isHistoryKept && title !== undefined ? { ...named, title } : named,
      expiresAt: Date.now() + (isHistoryKept ? HISTORY_MS : DAY_MS),
    });
  }

  async addTurn(owner: string, turn: Turn): Promise<void> {
    const id = `${owner}/${turn.threadId}/${turn.runId}`;
    await this.records.put({ kind: "turn", id, owner, value: turn, expiresAt: Date.now() + HISTORY_MS });
  }

  /** The turns of one conversation, oldest first. */
  async turns(owner: string, threadId: string): Promise<readonly Turn[]> {
    const records = await this.records.ofOwner(owner, { kind: "turn" });
    return records.map((it) => turnSchema.parse(it.value)).filter((it) => it.threadId === threadId);
  }

  /** Removes a conversation with its turns; the mark of it stays for a month, so that devices learn of it. */
  async remove(owner: string, threadId: string): Promise<boolean> {
    if ((await this.find(owner, threadId)) === undefined) return false;
    const id = `${owner}/${threadId}`;
    await this.records.put({ kind: "conversation", id, owner, value: null, expiresAt: Date.now() + 30 * DAY_MS });
    for (const it of await this.turns(owner, threadId)) await this.records.remove("turn", `${id}/${it.runId}`);
    return true;
  }
}
