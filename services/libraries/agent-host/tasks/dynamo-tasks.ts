import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { deflateRaw, inflateRaw } from "node:zlib";
import { Task } from "@a2a-js/sdk";
import type { KeyedItems } from "../../keyed-items/keyed-items.ts";
import type { Fields } from "../../keyed-items/write.ts";
import type { KeptTask, TaskShelf } from "./kept-tasks.ts";
import { TASK_RETENTION } from "./listing.ts";

/** Of a text in an item, in bytes; DynamoDB takes 400 KB for an item with the names of its attributes. */
const LARGEST_TEXT = 380_000;

const [deflated, inflated] = [promisify(deflateRaw), promisify(inflateRaw)];

/** The tasks of one agent in a table of its own in DynamoDB, for a day. */
export class DynamoTasks implements TaskShelf {
  private readonly items: KeyedItems;

  constructor(items: KeyedItems) {
    this.items = items;
  }

  async put(owner: string, { task, at }: KeptTask): Promise<void> {
    const expire = Math.ceil((at + TASK_RETENTION.keptMs) / 1_000);
    await this.items.write([
      this.items.put({ key: keyOf(owner), part: task.id }, { task: await packed(task), at, expire }),
    ]);
  }

  async get(owner: string, part: string): Promise<KeptTask | undefined> {
    const item = await this.items.get({ key: keyOf(owner), part });
    return item && isYoung(item) ? unpacked(item) : undefined;
  }

  async all(owner: string): Promise<readonly KeptTask[]> {
    const items = await this.items.all(keyOf(owner), { page: 20 });
    return Promise.all(items.filter(isYoung).map(unpacked));
  }
}

/** What an owner is called is longer than a key may be. */
function keyOf(owner: string): string {
  return `tasks#${createHash("sha256").update(owner).digest("base64url")}`;
}

/** DynamoDB removes what has expired within two days. */
function isYoung({ at }: Fields): boolean {
  return Date.now() - Number(at) < TASK_RETENTION.keptMs;
}

/** A task as text; one that is too large is kept without what was said in it, which its caller was told as it was said. */
async function packed(task: Task): Promise<string> {
  const text = await asText(task);
  return text.length <= LARGEST_TEXT ? text : asText({ ...task, artifacts: [], history: [] });
}

async function asText(task: Task): Promise<string> {
  return (await deflated(JSON.stringify(Task.toJSON(task)))).toString("base64");
}

async function unpacked({ task, at }: Fields): Promise<KeptTask> {
  const text = (await inflated(Buffer.from(String(task), "base64"))).toString();
  return { task: Task.fromJSON(JSON.parse(text)), at: Number(at) };
}
