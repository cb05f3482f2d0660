import type { KeyedItems } from "../../../../libraries/keyed-items/keyed-items.ts";
import type { Fields, Place } from "../../../../libraries/keyed-items/write.ts";
import { keptSecrets, newSecret, rotated, type SecretSeal } from "../signing/secrets.ts";

/** Whose secret is to be changed, and what else of the item. */
export interface Rotation {
  readonly at: Place;
  /** Whom the secret is sealed for. */
  readonly owner: string;
  readonly seal: SecretSeal;
  /** In milliseconds since 1970. */
  readonly now: number;
  readonly more?: Fields;
}

/** Gives an item another secret, and answers it; `undefined` where there is no such item. Of rotations at the same time one comes after the other. */
export async function rotatedAt(items: KeyedItems, rotation: Rotation): Promise<string | undefined> {
  const { at, owner, seal, now, more = {} } = rotation;
  for (;;) {
    const before = (await items.get(at))?.["secrets"];
    if (typeof before !== "string") return undefined;
    const secret = newSecret();
    const secrets = JSON.stringify(rotated(keptSecrets.parse(JSON.parse(before)), seal.seal(secret, owner), now));
    const refused = await items.write([items.change(at, { ...more, secrets }, { equals: { secrets: before } })]);
    if (refused.size === 0) return secret;
  }
}
