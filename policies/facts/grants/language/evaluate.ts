import type { Statement } from "../../policy-document.ts";
import { applies, appliesTo, type Granted, grantsTo, type Question } from "./applies.ts";
import { allOf, anyOf, type Truth } from "./conditions.ts";

/** The policy of the resource that is asked for. */
export interface ResourcePolicy {
  readonly statements: readonly Statement[];
  /** The account that the resource is in. */
  readonly account: string;
  /** Whether nothing is allowed that this policy does not allow, or leave to IAM by naming the account: KMS keys and the trust of roles. */
  readonly isDecisive?: boolean;
}

/** The documents that have a say; a layer that is left out restricts nothing, apart from `identity`, which then allows nothing. */
export interface Layers {
  readonly identity?: readonly Statement[];
  readonly boundary?: readonly Statement[];
  readonly endpoint?: readonly Statement[];
  readonly resource?: ResourcePolicy;
}

/** A layer that has to allow a request. */
export type Layer = keyof Layers;

/**
 * The answer. `undetermined` where a condition, a key or a part of a pattern is not understood: what asks for safety reads it as
 * allowed, what asks for liveness as denied.
 */
export type Decision =
  | { readonly outcome: "allowed" | "undetermined"; readonly by: readonly Statement[] }
  | { readonly outcome: "denied"; readonly by: Statement }
  /** No statement allows it in this layer. */
  | { readonly outcome: "denied"; readonly by: undefined; readonly layer: Layer };

/**
 * Answers as AWS does (`reference_policies_evaluation-logic` of IAM's user guide): an explicit Deny of any document first; then, within
 * one account, what an identity policy or the resource's policy allows inside the boundary and the endpoint's policy; across accounts
 * what both allow. Service control policies and session policies are not read: they can only take away.
 */
export function evaluate(question: Question, layers: Layers): Decision {
  const { identity = [], boundary, endpoint, resource } = layers;
  const impersonal = [...identity, ...(boundary ?? [])];
  const personal = [...(endpoint ?? []), ...(resource?.statements ?? [])];
  const denials = [
    ...impersonal.filter(({ denies }) => denies).map((it) => [it, applies(it, question)] as const),
    ...personal.filter(({ denies }) => denies).map((it) => [it, appliesTo(it, question)] as const),
  ];
  const denial = denials.find(([, truth]) => truth === true);
  if (denial !== undefined) return { outcome: "denied", by: denial[0] };

  const cut = layersThatDoNotAllow(question, layers);
  if (cut.layer !== undefined) return { outcome: "denied", by: undefined, layer: cut.layer };
  const by = [...impersonal, ...personal].filter((it) => it.allows && appliesTo(it, question, true) !== false);
  const isSure = cut.truth === true && denials.every(([, truth]) => truth === false);
  return { outcome: isSure ? "allowed" : "undetermined", by };
}

/** Whether the layers together allow, and if not, the layer that is in the way. */
function layersThatDoNotAllow(question: Question, layers: Layers): { truth: Truth; layer?: Layer } {
  const { asker } = question;
  const through = granted(layers.endpoint, (it) => appliesTo(it, question));
  if (through === false) return { truth: false, layer: "endpoint" };
  const byPolicy = grantsTo(question, layers.resource?.statements ?? []);
  const truth =
    "service" in asker
      ? anyOf([byPolicy.named, byPolicy.anybody])
      : mayAsPrincipal(asker, byPolicy, { question, layers });
  if (truth !== false) return { truth: allOf([truth, through]) };
  return { truth, layer: "service" in asker ? "resource" : layerInTheWay(question, layers, byPolicy) };
}

/** A principal may by an identity policy inside its boundary, and within its account by the resource's policy alone. */
function mayAsPrincipal(
  { account }: { readonly account: string },
  { named, anybody, account: byAccount }: Granted,
  { question, layers: { identity = [], boundary, resource } }: { question: Question; layers: Layers },
): Truth {
  const inside = granted(boundary, (it) => applies(it, question));
  const isSame = resource === undefined || resource.account === account;
  const needsPolicy = !isSame || resource?.isDecisive === true;
  const policy = needsPolicy ? anyOf([named, anybody, byAccount]) : true;
  const byIdentity = allOf([granted(identity, (it) => applies(it, question)), inside, policy]);
  if (!isSame) return byIdentity;
  // A statement for everybody counts for the session, which a boundary need not bound: it cannot be said.
  return anyOf([byIdentity, allOf([named, inside]), allOf([anybody, inside === false ? undefined : inside])]);
}

function layerInTheWay(question: Question, { identity = [], boundary, resource }: Layers, byPolicy: Granted): Layer {
  const isForeign =
    resource !== undefined && "account" in question.asker && resource.account !== question.asker.account;
  if (isForeign && anyOf(Object.values(byPolicy)) === false) return "resource";
  if (granted(identity, (it) => applies(it, question)) === false) return "identity";
  return granted(boundary, (it) => applies(it, question)) === false ? "boundary" : "resource";
}

/** Whether one of the statements allows; a layer that is left out restricts nothing. */
function granted(statements: readonly Statement[] | undefined, truthOf: (it: Statement) => Truth): Truth {
  return statements === undefined ? true : anyOf(statements.filter((it) => it.allows).map(truthOf));
}
