/**
 * The ways in which the platform is used; each has a gateway, an identity provider and limits of its own:
 * developers of the company (`internal`), its consumers (`b2c`) and its partners (`b2b`). Specification, "Cenários".
 */
export const SCENARIOS = ["internal", "b2c", "b2b"] as const;

/** One of `SCENARIOS`. */
export type Scenario = (typeof SCENARIOS)[number];
