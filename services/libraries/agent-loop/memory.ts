import { BoundedCache } from "../service-kit/bounded-cache.ts";

/** What was said once: by the person, or by the agent. What tools answered is not kept. */
export interface Said {
  readonly role: "user" | "assistant";
  readonly text: string;
}

/** Whose conversation, and which. */
export interface ConversationKey {
  readonly tenantId: string;
  readonly owner: string;
  readonly agent: string;
  readonly contextId: string;
}

/** Keeps what was said in conversations, each for its owner alone, for a while. */
export interface Memory {
  recall(key: ConversationKey): Promise<readonly Said[]>;
  /** Adds what was said; the oldest goes when there is too much. */
  add(key: ConversationKey, said: readonly Said[]): Promise<void>;
  /** Forgets all conversations of an owner. */
  forget(owner: Pick<ConversationKey, "tenantId" | "owner">): Promise<void>;
}

/** How much is kept of each conversation, of how many, and for how long, in milliseconds. */
export interface MemoryLimits {
  readonly messages: number;
  readonly conversations: number;
  readonly keptMs: number;
}

/** Twenty questions with their answers, for half an hour after the last one. */
export const MEMORY_LIMITS: MemoryLimits = { messages: 40, conversations: 5_000, keptMs: 1_800_000 };

/** Conversations in the memory of one process, for laptops and tests: they are gone when the process is. */
export class ProcessMemory implements Memory {
  private readonly owners: BoundedCache<Map<string, readonly Said[]>>;
  private readonly limits: MemoryLimits;

  constructor(limits: MemoryLimits = MEMORY_LIMITS, now: () => number = Date.now) {
    this.limits = limits;
    this.owners = new BoundedCache(limits.conversations, now);
  }

  recall(key: ConversationKey): Promise<readonly Said[]> {
    return Promise.resolve(this.owners.get(ownerKey(key))?.get(conversationKey(key)) ?? []);
  }

  add(key: ConversationKey, said: readonly Said[]): Promise<void> {
    const conversations = this.owners.get(ownerKey(key)) ?? new Map<string, readonly Said[]>();
    const id = conversationKey(key);
    const all = [...(conversations.get(id) ?? []), ...said].slice(-this.limits.messages);
    conversations.delete(id);
    conversations.set(id, all);
    const [oldest] = conversations.keys();
    if (conversations.size > CONVERSATIONS_OF_ONE && oldest !== undefined) conversations.delete(oldest);
    this.owners.set(ownerKey(key), conversations, this.limits.keptMs);
    return Promise.resolve();
  }

  forget(owner: Pick<ConversationKey, "tenantId" | "owner">): Promise<void> {
    this.owners.set(ownerKey(owner), new Map(), 0);
    return Promise.resolve();
  }
}

const CONVERSATIONS_OF_ONE = 20;

function ownerKey({ tenantId, owner }: Pick<ConversationKey, "tenantId" | "owner">): string {
  return JSON.stringify([tenantId, owner]);
}

function conversationKey({ agent, contextId }: ConversationKey): string {
  return JSON.stringify([agent, contextId]);
}
