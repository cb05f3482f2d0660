import { UNKNOWN } from "../../../plan/model.ts";
import type { Subject } from "../mutant.ts";

/** What an operator makes of a value; the value itself where it does not apply. */
export type Operator = (value: unknown, subject: Subject, siblings: Siblings) => unknown;

/** For each text by which resources of a stack are named, the text that names another one of the same type. */
export type Siblings = ReadonlyMap<string, string>;

const ofText =
  (change: (text: string, subject: Subject, siblings: Siblings) => unknown): Operator =>
  (value, subject, siblings) =>
    typeof value === "string" ? change(value, subject, siblings) : value;

const replaced = (name: "account" | "region" | "tenant"): Operator =>
  ofText((text, { here, elsewhere }) =>
    here[name] === ""
      ? text
      : text
          .replaceAll(here[name], elsewhere[name])
          .replaceAll(here[name].replaceAll("-", "_"), elsewhere[name].replaceAll("-", "_")),
  );

const CIDR = /^\d+\.\d+\.\d+\.\d+\/\d+$/;
const QUANTITY = /^\d+(?:\.\d+)?(?:m|Mi|Gi)?$/;

/** What is done to single values, by the operator's name. */
export const VALUES: Readonly<Record<string, Operator>> = {
  /** Leaves the property out, or takes the member out of its list. */
  leftOut: (value) => (Array.isArray(value) && value.length === 0 ? value : undefined),
  /** Turns a switch over. */
  flipped: (value) => {
    if (value === "true" || value === "false") return value === "true" ? "false" : "true";
    return typeof value === "boolean" ? !value : value;
  },
  otherTenant: replaced("tenant"),
  otherRegion: replaced("region"),
  otherAccount: replaced("account"),
  /** Names another resource of the same type in the same stack. */
  sibling: ofText((text, _, siblings) => siblings.get(text) ?? text),
  /** Names what does not exist: a cut link. */
  cut: ofText((text) => (text === "" ? text : `${text}x`)),
  /** Opens a range of addresses, or ends a name in `*`. */
  widened: ofText((text) => {
    if (CIDR.test(text)) return "0.0.0.0/0";
    return /^arn:|^https?:/.test(text) ? text.replace(/[^:/]+$/, "*") : text;
  }),
  /** Sets a number, or a quantity, to nothing. */
  zero: (value) => {
    if (typeof value === "number") return 0;
    return typeof value === "string" && QUANTITY.test(value) ? "0" : value;
  },
  /** Makes a number very large; a port opens all ports up to the last one. */
  large: (value) => (typeof value === "number" ? Math.max(65_535, value * 1000) : value),
  /** Adds a member that stands for all to a list of texts. */
  oneMore: (value) => {
    const isTexts = Array.isArray(value) && value.length > 0 && value.every((it) => typeof it === "string");
    if (!isTexts) return value;
    const all = value.some((it: string) => CIDR.test(it)) ? "0.0.0.0/0" : "*";
    return value.includes(all) ? value : [...value, all];
  },
  /** Empties a list. */
  emptied: (value) => (Array.isArray(value) && value.length > 0 ? [] : value),
  /** Leaves unknown what it is, and where it comes from. */
  unknown: (value) => (Array.isArray(value) ? value : UNKNOWN),
};
