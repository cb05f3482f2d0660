import * as z from "zod";

/** Schema of a JSON pointer (RFC 6901) as text; `*` stands for every member. */
export const pointer = z.string().regex(/^(?:\/(?:[^~/]|~[01])*)*$/, "must be a JSON pointer");

const pointers = z.array(pointer).min(1).max(10).optional();

/**
 * Schema of whose records an operation is about, for callers who may see their own alone. Pointers lead to the id of a customer. `shared`
 * opens the operation to every customer, and is spelled out for that reason.
 */
export const Owner = z
  .strictObject({
    /** Where the arguments say for which customer it is. */
    arguments: pointers,
    /** Where an answer says whose each record is: of a list, the records of others go away; anything else goes as a whole. */
    answer: pointers,
    /** The operation of the same API that reads the record first, where the arguments name a record and no customer. */
    through: z.string().min(1).optional(),
    shared: z.literal("not about customers").optional(),
  })
  .refine(
    ({ shared, ...named }) => (shared === undefined) === Object.values(named).some((it) => it !== undefined),
    'must say whose the records are, or that they are "shared"',
  );

/** What an operation declares of the owners of its records. */
export type Owner = z.output<typeof Owner>;

/** The steps of a pointer, without its escapes. */
export function stepsOf(text: string): readonly string[] {
  return text
    .split("/")
    .slice(1)
    .map((it) => it.replaceAll("~1", "/").replaceAll("~0", "~"));
}
