import { randomBytes } from "node:crypto";
import * as z from "zod";
import type { KeyedItems } from "../../../../libraries/keyed-items/keyed-items.ts";
import type { Fields, Place } from "../../../../libraries/keyed-items/write.ts";
import { type Endpoint, type EndpointStore, MOST_ENDPOINTS } from "../outgoing/endpoints.ts";
import { type KeptSecrets, keptSecrets, newSecret, type SecretSeal } from "../signing/secrets.ts";
import { rotatedAt } from "./rotated-at.ts";

const HELD = "held";
const ID = /^ep_[0-9a-f]{32}$/;
const attributes = z.object({ part: z.string(), url: z.string(), types: z.string(), gone: z.string(), at: z.number() });
const types = z.array(z.string());

/** The endpoints of the partners of one tenant, in DynamoDB: those of a partner are below the partner's key, with their number. */
export class DynamoEndpoints implements EndpointStore {
  private readonly items: KeyedItems;
  private readonly seal: SecretSeal;

  constructor(items: KeyedItems, seal: SecretSeal) {
    this.items = items;
    this.seal = seal;
  }

  async add(partnerId: string, { url, types: wanted }: Pick<Endpoint, "url" | "types">) {
    const id = `ep_${randomBytes(16).toString("hex")}`;
    const secret = newSecret();
    const kept: KeptSecrets = [{ sealed: this.seal.seal(secret, id) }];
    const fields = { url, types: JSON.stringify(wanted), secrets: JSON.stringify(kept), gone: "", at: Date.now() };
    const refused = await this.items.write([
      this.items.count(endpointAt(partnerId, HELD), [HELD, 1], { below: { [HELD]: MOST_ENDPOINTS } }),
      this.items.put(endpointAt(partnerId, id), fields, { exists: false }),
    ]);
    return refused.size > 0 ? undefined : { endpoint: { id, url, types: wanted, disabledBecause: null }, secret };
  }

  async list(partnerId: string): Promise<readonly Endpoint[]> {
    const found = await this.items.all(endpointAt(partnerId, "").key, { from: "ep_", to: "ep_~" });
    return found
      .map((it) => attributes.parse(it))
      .toSorted((a, b) => a.at - b.at || (a.part < b.part ? -1 : 1))
      .map(endpointIn);
  }

  async find(partnerId: string, id: string): Promise<Endpoint | undefined> {
    if (!ID.test(id)) return undefined;
    const found = await this.items.get(endpointAt(partnerId, id));
    return found && endpointIn(attributes.parse(found));
  }

  async remove(partnerId: string, id: string): Promise<boolean> {
    if (!ID.test(id)) return false;
    const refused = await this.items.write([
      this.items.remove(endpointAt(partnerId, id), { exists: true }),
      this.items.count(endpointAt(partnerId, HELD), [HELD, -1]),
    ]);
    return refused.size === 0;
  }

  async rotate(partnerId: string, id: string, now: number): Promise<string | undefined> {
    if (!ID.test(id)) return undefined;
    return rotatedAt(this.items, {
      at: endpointAt(partnerId, id),
      owner: id,
      seal: this.seal,
      now,
      more: { gone: "" },
    });
  }
}

/** Where an endpoint is kept. */
export function endpointAt(partnerId: string, id: string): Place {
  return { key: `endpoints#${partnerId}`, part: id };
}

/** The secrets in the item of an endpoint or a source; throws `ZodError` for an item of something else. */
export function secretsIn(fields: Fields): KeptSecrets {
  return keptSecrets.parse(JSON.parse(String(fields["secrets"])));
}

function endpointIn({ part: id, url, types: kept, gone }: z.output<typeof attributes>): Endpoint {
  return { id, url, types: types.parse(JSON.parse(kept)), disabledBecause: gone === "" ? null : gone };
}
