import { isDeepStrictEqual } from "node:util";
import { UNKNOWN } from "../../plan/model.ts";
import type { Caller, Cloud, Subject } from "./cloud/cloud.ts";
import { type Values, decode, encode, holdsUnknown, secretsOf, withDefaults } from "./wire.ts";
import type { PreviewMode } from "./preview-mode.ts";

/** Something wrong with an input, as the engine reports it. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/** What happens to a resource that exists. */
export interface Change {
  readonly id: string;
  /** Its outputs. */
  readonly olds: Values;
  /** The inputs that are wanted. */
  readonly news: Values;
}

/** A resource's steps on wire values: what both adapters, provider and monitor, do with the cloud, so that the two agree. */
export class Lifecycle {
  readonly #cloud: Cloud;

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
  }

  /** The inputs with the cloud's defaults filled in, secrets still wrapped; or what is wrong with them. */
  check(
    caller: Caller,
    subject: Subject,
    before: Values | undefined,
    news: Values,
  ): { inputs: Values; failures: readonly CheckFailure[] } {
    const { defaults, faults } = this.#cloud.check(caller, subject, before && decode(before), decode(news));
    return { inputs: withDefaults(news, defaults), failures: faults };
  }

  /** What a preview answers for a creation: nothing is made. */
  previewCreate(
    caller: Caller,
    subject: Subject,
    inputs: Values,
    mode: PreviewMode,
  ): { id: string; properties: Values } {
    const plain = decode(inputs);
    // What depends on something unknown cannot be foreseen.
    if (mode === "realistic" || holdsUnknown(plain))
      return { id: "", properties: encode(this.#cloud.conceal(subject, plain), secretsOf(inputs)) };
    const { id, outputs } = this.#cloud.foresee(caller, subject, plain);
    return { id, properties: encode(outputs, secretsOf(inputs)) };
  }

  /** Makes the resource. */
  create(caller: Caller, subject: Subject, inputs: Values): { id: string; properties: Values } {
    const { id, outputs } = this.#cloud.create(caller, subject, decode(inputs));
    return { id, properties: encode(outputs, secretsOf(inputs)) };
  }

  /** Changes the resource. */
  update(caller: Caller, subject: Subject, { id, news }: Pick<Change, "id" | "news">): Values {
    return encode(this.#cloud.update(caller, subject, id, decode(news)).outputs, secretsOf(news));
  }

  /** What a preview answers for a change: what would be computed anew is known only to a preview that knows all. */
  previewUpdate(caller: Caller, subject: Subject, { id, olds, news }: Change, mode: PreviewMode): Values {
    const [before, wanted] = [decode(olds), decode(news)];
    const foreseen = this.#cloud.foreseeUpdate(caller, subject, { id, before, inputs: wanted });
    const known = mode === "known" && !holdsUnknown(wanted);
    const outputs = known ? foreseen : uncertain(foreseen, { before, inputs: wanted });
    return encode(outputs, new Set([...secretsOf(olds), ...secretsOf(news)]));
  }
}

/** What is computed and would change is unknown. */
function uncertain(foreseen: Values, { before, inputs }: { readonly before: Values; readonly inputs: Values }): Values {
  return Object.fromEntries(
    Object.entries(foreseen).map(([key, value]) => [
      key,
      inputs[key] !== undefined || isDeepStrictEqual(before[key], value) ? value : UNKNOWN,
    ]),
  );
}
