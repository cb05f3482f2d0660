/** Why no rule speaks of a control. */
export const UNCOVERED = {
  organisation: "about an organisation and its people, not about what is deployed",
  operation: "about what happens after a deployment",
  application: "about the code of services, which tests judge and rules do not",
  provider: "about the cloud provider's buildings and machines",
  missing: "no rule yet",
} as const;

/** One control of a framework: the rules and proofs that help to meet it, or why there are none. */
export interface ListedControl {
  readonly reference: string;
  readonly about: string;
  /** Names of rules and proofs, beside those that name the control themselves. */
  readonly rules?: readonly string[];
  readonly uncovered?: keyof typeof UNCOVERED;
}

/** A framework with the controls that are looked at. */
export interface Framework {
  readonly name: string;
  readonly version: string;
  /** Which of its controls are listed. */
  readonly scope: string;
  readonly controls: readonly ListedControl[];
}

/** A control with its rules and proofs. */
export function covered(reference: string, about: string, ...rules: readonly string[]): ListedControl {
  return rules.length === 0 ? { reference, about } : { reference, about, rules };
}

/** A control without any. */
export function uncovered(reference: string, about: string, why: keyof typeof UNCOVERED): ListedControl {
  return { reference, about, uncovered: why };
}
