/** What was found of one thing that a command needs. `advice` stands in the way of nothing. */
export interface Finding {
  /** What was looked at, such as `Pulumi CLI`, or `eu-west-1: zones`. */
  readonly check: string;
  readonly outcome: "ok" | "missing" | "advice" | "not looked at";
  /** What was found, or what is missing, without a full stop. */
  readonly detail: string;
  /** The next command, or what to do instead, for what is missing. */
  readonly next?: string;
  /** The first layer whose stacks need it; all of them where it is absent. */
  readonly before?: Exclude<Layer, "environment">;
}

const LAYERS = ["environment", "region", "tenant"] as const;

/** A layer of stacks, in the order in which they are deployed. */
export type Layer = (typeof LAYERS)[number];

/** What stands in the way of the stacks of a layer. */
export function missingFor(layer: Layer, findings: readonly Finding[]): readonly Finding[] {
  const rank = LAYERS.indexOf(layer);
  return findings.filter(
    ({ outcome, before }) => outcome === "missing" && LAYERS.indexOf(before ?? "environment") <= rank,
  );
}

/** Makes the findings of one check. */
export interface Verdicts {
  readonly ok: (detail: string) => Finding;
  readonly missing: (detail: string, next: string) => Finding;
  readonly advice: (detail: string, next: string) => Finding;
}

/** The verdicts on one thing. */
export function verdicts(check: string): Verdicts {
  return {
    ok: (detail) => ({ check, outcome: "ok", detail }),
    missing: (detail, next) => ({ check, outcome: "missing", detail, next }),
    advice: (detail, next) => ({ check, outcome: "advice", detail, next }),
  };
}

/** Runs a check; one that fails is a finding as well, which says why. */
export async function guarded(
  check: string,
  next: string,
  look: () => Promise<Finding | readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    const found = await look();
    return "check" in found ? [found] : found;
  } catch (error) {
    const detail =
      error instanceof Error ? `${error.name === "Error" ? "" : `${error.name}: `}${error.message}` : String(error);
    return [verdicts(check).missing(detail.trim().split("\n")[0] ?? "", next)];
  }
}
