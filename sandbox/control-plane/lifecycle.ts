import { isDeepStrictEqual } from "node:util";
import { UNKNOWN } from "../../plan/model.ts";
import { withoutValue } from "./catalogue/check-limits.ts";
import type { CheckFailure } from "./catalogue/spec.ts";
import type { Caller } from "./cloud/caller.ts";
import type { Cloud, Subject } from "./cloud/cloud.ts";
import type { PreviewMode } from "./preview-mode.ts";
import { type Values, decode, encode, holdsUnknown, secretsOf, withDefaults } from "./wire.ts";

/** A change of a resource that exists. */
export interface Change {
  readonly id: string;
  /** Its outputs before the change. */
  readonly olds: Values;
  /** The inputs that are wanted. */
  readonly news: Values;
}

/** The steps of a resource's life on wire values. Both adapters, provider and monitor, use these, so that they answer alike. */
export class Lifecycle {
  readonly #cloud: Cloud;

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
  }

  /** The inputs with the cloud's defaults filled in, secrets still wrapped; and what is wrong with them. */
  check(
    caller: Caller,
    subject: Subject,
    before: Values | undefined,
    news: Values,
  ): { inputs: Values; failures: readonly CheckFailure[] } {
    const { defaults, failures } = this.#cloud.check(caller, subject, before && decode(before), decode(news));
    const secrets = secretsOf(news);
    const isSecret = ({ property }: CheckFailure): boolean => secrets.has(/^[^.[]*/.exec(property)?.[0] ?? "");
    return {
      inputs: withDefaults(news, defaults),
      failures: failures.map((it) => (isSecret(it) ? withoutValue(it) : it)),
    };
  }

  /** What a preview answers for a creation; nothing is created. The id is "" where it is not known. */
  previewCreate(
    caller: Caller,
    subject: Subject,
    inputs: Values,
    mode: PreviewMode,
  ): { id: string; properties: Values } {
    const plain = decode(inputs);
    // Outputs that depend on an unknown input cannot be predicted.
    if (mode === "realistic" || holdsUnknown(plain))
      return { id: "", properties: encode(this.#cloud.unknownOutputs(subject, plain), secretsOf(inputs)) };
    const { id, outputs } = this.#cloud.predictCreate(caller, subject, plain);
    return { id, properties: encode(outputs, secretsOf(inputs)) };
  }

  /** Creates the resource; throws `CloudError` or `PartialFailure`. */
  create(caller: Caller, subject: Subject, inputs: Values): { id: string; properties: Values } {
    const { id, outputs } = this.#cloud.create(caller, subject, decode(inputs));
    return { id, properties: encode(outputs, secretsOf(inputs)) };
  }

  /** Changes the resource, and answers its outputs; throws `CloudError`. */
  update(caller: Caller, subject: Subject, { id, news }: Pick<Change, "id" | "news">): Values {
    return encode(this.#cloud.update(caller, subject, id, decode(news)).outputs, secretsOf(news));
  }

  /** The outputs that a preview answers for a change; in a realistic preview a computed output that changes is unknown. */
  previewUpdate(caller: Caller, subject: Subject, { id, olds, news }: Change, mode: PreviewMode): Values {
    const [before, wanted] = [decode(olds), decode(news)];
    const predicted = this.#cloud.predictUpdate(caller, subject, { id, before, inputs: wanted });
    const isKnown = mode === "known" && !holdsUnknown(wanted);
    const outputs = isKnown ? predicted : withUnknownChanges(predicted, { before, inputs: wanted });
    return encode(outputs, new Set([...secretsOf(olds), ...secretsOf(news)]));
  }
}

/** The outputs with `UNKNOWN` in place of every computed one that would change. */
function withUnknownChanges(
  predicted: Values,
  { before, inputs }: { readonly before: Values; readonly inputs: Values },
): Values {
  return Object.fromEntries(
    Object.entries(predicted).map(([key, value]) => [
      key,
      inputs[key] !== undefined || isDeepStrictEqual(before[key], value) ? value : UNKNOWN,
    ]),
  );
}
