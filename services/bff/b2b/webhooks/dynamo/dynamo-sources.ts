import { randomBytes } from "node:crypto";
import type { KeyedItems } from "../../../../libraries/keyed-items/keyed-items.ts";
import type { Place } from "../../../../libraries/keyed-items/write.ts";
import { MOST_SOURCES, type Source, type SourceStore } from "../incoming/sources.ts";
import { goodSecrets, newSecret, type SecretSeal } from "../signing/secrets.ts";
import { secretsIn } from "./dynamo-endpoints.ts";
import { rotatedAt } from "./rotated-at.ts";

const HELD = "held";
const ID = /^src_[0-9a-f]{32}$/;

/** The sources of the partners of one tenant, in DynamoDB: each by its own id, and named below the key of its partner. */
export class DynamoSources implements SourceStore {
  private readonly items: KeyedItems;
  private readonly seal: SecretSeal;

  constructor(items: KeyedItems, seal: SecretSeal) {
    this.items = items;
    this.seal = seal;
  }

  async add(partnerId: string): Promise<{ readonly id: string; readonly secret: string } | undefined> {
    const id = `src_${randomBytes(16).toString("hex")}`;
    const secret = newSecret();
    const secrets = JSON.stringify([{ sealed: this.seal.seal(secret, id) }]);
    const refused = await this.items.write([
      this.items.count(nameAt(partnerId, HELD), [HELD, 1], { below: { [HELD]: MOST_SOURCES } }),
      this.items.put(nameAt(partnerId, id), { at: Date.now() }, { exists: false }),
      this.items.put(sourceAt(id), { partnerId, secrets }, { exists: false }),
    ]);
    return refused.size > 0 ? undefined : { id, secret };
  }

  async list(partnerId: string): Promise<readonly string[]> {
    const found = await this.items.all(nameAt(partnerId, "").key, { from: "src_", to: "src_~" });
    const names = found.map(({ part, at }) => ({ id: String(part), at: Number(at) }));
    return names.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)).map(({ id }) => id);
  }

  async find(id: string, now: number): Promise<Source | undefined> {
    const found = ID.test(id) ? await this.items.get(sourceAt(id)) : undefined;
    if (found === undefined) return undefined;
    return { id, partnerId: String(found["partnerId"]), secrets: goodSecrets(secretsIn(found), this.seal, id, now) };
  }

  async remove(partnerId: string, id: string): Promise<boolean> {
    if (!ID.test(id)) return false;
    const refused = await this.items.write([
      this.items.remove(nameAt(partnerId, id), { exists: true }),
      this.items.remove(sourceAt(id)),
      this.items.count(nameAt(partnerId, HELD), [HELD, -1]),
    ]);
    return refused.size === 0;
  }

  async rotate(partnerId: string, id: string, now: number): Promise<string | undefined> {
    if (!ID.test(id) || (await this.items.get(nameAt(partnerId, id))) === undefined) return undefined;
    return rotatedAt(this.items, { at: sourceAt(id), owner: id, seal: this.seal, now });
  }
}

function nameAt(partnerId: string, part: string): Place {
  return { key: `sources#${partnerId}`, part };
}

function sourceAt(id: string): Place {
  return { key: `source#${id}`, part: "source" };
}
