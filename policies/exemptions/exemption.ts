import * as z from "zod";
import { type Day, isDay } from "../../contracts/day.ts";
import type { Requirement } from "../engine/rule.ts";
import { RULES } from "../rules.ts";

/** One finding of one rule that somebody has agreed to bear until a day. */
export interface Exemption {
  /** The published name of the rule. */
  readonly rule: string;
  /** The URN of the resource. */
  readonly resource: string;
  /** The sentence of the finding, as it is printed: another fault of the same resource is not covered. */
  readonly finding: string;
  readonly reason: string;
  /** Who answers for it. */
  readonly owner: string;
  readonly ticket: string;
  /** The last day on which it counts. */
  readonly expiry: Day;
}

/** Exemptions that are not such; the message has a line for each fault. */
export class ExemptionError extends Error {
  readonly code = "ERR_EXEMPTIONS";

  constructor(faults: readonly string[]) {
    super(`no exemption counts:\n${faults.map((it) => `  ${it}`).join("\n")}`);
    this.name = "ExemptionError";
  }
}

/** Rules by which everything else is understood: nothing may go past them. */
const CLOSED_WORLD: readonly string[] = [
  "p8-only-what-is-understood-is-deployed",
  "p8-policy-documents-are-understood",
  "p8-providers-act-in-the-environments-account",
];

/** Isolation of tenants and residency of data are promised to tenants, so nobody here can agree to less. */
const WITHOUT_EXEMPTION: readonly Requirement["premise"][] = [5, "residency"];

const URN = /^urn:pulumi:[^:*?\s]+::[^:*?\s]+::[^:*?\s]+(?::[^:*?\s]+)*::[^*?\s]+$/;

const sentence = (least: number): z.ZodType<string> =>
  z.string().refine((it) => it.trim().length >= least, { error: `must be a text of ${least} or more characters` });

const schema = z.array(
  z.strictObject({
    rule: z.string().superRefine((name, context) => {
      const fault = faultOfRule(name);
      if (fault !== undefined) context.addIssue({ code: "custom", message: fault });
    }),
    resource: z.string().regex(URN, { error: "must be the URN of one resource, without wildcards" }),
    finding: sentence(1),
    reason: sentence(20),
    owner: sentence(3),
    ticket: sentence(3),
    expiry: z.custom<Day>((it) => typeof it === "string" && isDay(it), { error: "must be a day, as yyyy-mm-dd" }),
  }),
);

/** Reads exemptions of a list; throws `ExemptionError` with all that is wrong with them. */
export function readExemptions(list: unknown): readonly Exemption[] {
  const { data, error } = schema.safeParse(list);
  if (data === undefined) throw new ExemptionError(error.issues.map(issueText));
  const faults = [...Map.groupBy(data, keyOf).values()].filter((it) => it.length > 1).map(([first]) => first);
  if (faults.length === 0) return data;
  throw new ExemptionError(faults.map((it) => `${it?.resource ?? ""} is exempt from ${it?.rule ?? ""} twice`));
}

/** What an exemption is for: two of the same finding are one too many. */
export function keyOf({ rule, resource, finding }: Pick<Exemption, "rule" | "resource" | "finding">): string {
  return JSON.stringify([rule, resource, finding]);
}

function faultOfRule(name: string): string | undefined {
  const rule = RULES.find((it) => it.name === name);
  if (rule === undefined) return `"${name}" is no rule; proofs accept no exemption`;
  if (WITHOUT_EXEMPTION.includes(rule.premise) || CLOSED_WORLD.includes(name)) return `${name} accepts no exemption`;
  return undefined;
}

function issueText({ path, message, code, ...rest }: z.core.$ZodIssue): string {
  const [at, key] = path;
  const keys = "keys" in rest && Array.isArray(rest.keys) ? ` (${rest.keys.join(", ")})` : "";
  if (at === undefined) return `the exemptions must be a list: ${message}`;
  const words = code === "invalid_type" ? `is missing or of another type` : message;
  return `[${String(at)}]${key === undefined ? "" : `.${String(key)}`} ${words}${keys}`;
}
