import type { Caller, Cloud, Subject } from "./cloud/cloud.ts";
import { type Values, decode, encode, isRecord, secretsOf } from "./wire.ts";

/** How much a preview claims to know: what a real cloud would (`realistic`), or all that the sandbox will answer (`known`). */
export type PreviewMode = "realistic" | "known";

/** Something wrong with an input, as the engine reports it. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
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
    return { inputs: merge(news, encode(defaults)), failures: faults };
  }

  /** What a preview answers for a creation: nothing is made. */
  previewCreate(
    caller: Caller,
    subject: Subject,
    inputs: Values,
    mode: PreviewMode,
  ): { id: string; properties: Values } {
    const plain = decode(inputs);
    if (mode === "realistic")
      return { id: "", properties: encode(this.#cloud.conceal(subject, plain), secretsOf(inputs)) };
    const { id, outputs } = this.#cloud.foresee(caller, subject, plain);
    return { id, properties: encode(outputs, secretsOf(inputs)) };
  }

  /** Makes the resource. */
  create(caller: Caller, subject: Subject, inputs: Values): { id: string; properties: Values } {
    const { id, outputs } = this.#cloud.create(caller, subject, decode(inputs));
    return { id, properties: encode(outputs, secretsOf(inputs)) };
  }

  /** Changes the resource, or in a preview says what the change would answer. */
  update(
    caller: Caller,
    subject: Subject,
    change: { id: string; olds: Values; news: Values; preview: boolean },
  ): Values {
    const news = decode(change.news);
    if (!change.preview)
      return encode(this.#cloud.update(caller, subject, change.id, news).outputs, secretsOf(change.news));
    return { ...change.olds, ...encode(news, secretsOf(change.news)) };
  }
}

/** `values` with what `defaults` adds, at any depth; what is there already stays. */
function merge(values: Values, defaults: Values): Values {
  const merged: Record<string, unknown> = { ...values };
  for (const [key, value] of Object.entries(defaults)) {
    const present = merged[key];
    if (present === undefined || present === null) merged[key] = value;
    else if (isRecord(present) && isRecord(value)) merged[key] = merge(present, value);
  }
  return merged;
}
