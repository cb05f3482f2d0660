import * as z from "zod";
import { nearest } from "./nearest.ts";

/** A value as a message shows it. */
export function shown(value: unknown): string {
  return typeof value === "function" || typeof value === "symbol" ? `a ${typeof value}` : JSON.stringify(value);
}

/** What a message says of a value that is none of `known`: the one that is nearest, and all of them. */
export function noneOf(value: unknown, known: readonly string[]): string {
  const valid = `valid: ${known.join(", ")}`;
  if (value === undefined) return `is missing; ${valid}`;
  const [near] = typeof value === "string" ? nearest(value, known, 1) : [];
  return near === undefined
    ? `${shown(value)} is unknown; ${valid}`
    : `${shown(value)}: did you mean "${near}"? (${valid})`;
}

/** What a message says of a value that is not what it must be; `near` is what may have been meant. */
export function mustBe(value: unknown, what: string, near?: string): string {
  if (value === undefined) return `is missing; it must be ${what}`;
  return near === undefined
    ? `${shown(value)} must be ${what}`
    : `${shown(value)}: did you mean "${near}"? (it must be ${what})`;
}

/** One of these words. */
export function oneOf<const T extends readonly [string, ...string[]]>(known: T): z.ZodEnum<{ [K in T[number]]: K }> {
  return z.enum(known, { error: ({ input }) => noneOf(input, known) });
}

/** A text of one form, as the type `T`; `mend` gives what was meant by one that is not. */
export function text<T extends string = string>(
  form: RegExp,
  what: string,
  mend: (wrong: string) => string | undefined = () => undefined,
): z.ZodCustom<T, T> {
  return z.custom<T>((it) => typeof it === "string" && form.test(it), {
    error: ({ input }) => {
      const near = typeof input === "string" ? mend(input) : undefined;
      return mustBe(input, what, near !== undefined && form.test(near) ? near : undefined);
    },
  });
}

/** A whole number within these bounds. */
export function wholeNumber(least: number, most: number): z.ZodNumber {
  const error = ({ input }: { readonly input?: unknown }): string =>
    mustBe(input, `a whole number from ${least} to ${most}`);
  return z.int({ error }).min(least, { error }).max(most, { error });
}

/** At least one, and none twice. */
export function some<T>(element: z.ZodType<T>): z.ZodType<readonly [T, ...T[]]> {
  const list = z
    .array(element, { error: ({ input }) => mustBe(input, "a list of at least one") })
    .min(1, { error: "is empty; at least one is needed" })
    .check(({ value, issues }) => {
      for (const [i, it] of value.entries()) {
        if (value.indexOf(it) === i) continue;
        issues.push({ code: "custom", input: it, path: [i], message: `${shown(it)} is there twice` });
      }
    });
  return list as unknown as z.ZodType<readonly [T, ...T[]]>; // the length is checked, which the type cannot see
}

/** An object of some of these keys, all of one kind; what is said of another key is the list of the valid ones. */
export function someOf<const T extends readonly [string, ...string[]], V extends z.ZodType>(
  known: T,
  value: V,
): z.ZodReadonly<z.ZodRecord<z.ZodEnum<{ [K in T[number]]: K }> & z.core.$partial, V>> {
  return z
    .partialRecord(oneOf(known), value, {
      // Its type does not know that it is asked about unknown keys, too.
      error: (issue: { readonly code?: string; readonly input?: unknown }) =>
        issue.code === "unrecognized_keys" ? known.join(", ") : mustBe(issue.input, "an object"),
    })
    .readonly();
}

/** An object of these keys and no others; what is said of another key is the list of the valid ones. */
export function record<T extends z.core.$ZodLooseShape>(shape: T): z.ZodReadonly<z.ZodObject<T, z.core.$strict>> {
  return z
    .strictObject(shape, {
      error: ({ code, input }) =>
        code === "unrecognized_keys" ? Object.keys(shape).join(", ") : mustBe(input, "an object"),
    })
    .readonly();
}
