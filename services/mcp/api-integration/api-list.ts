import { CLASSIFICATIONS } from "../../../contracts/classifications.ts";
import * as z from "zod";
import { Authentication } from "./http/authentication.ts";
import { Owner, pointer } from "./ownership/owner.ts";

const name = z
  .string()
  .regex(/^[a-z][a-z0-9]{0,19}$/, "must be 1 to 20 of a-z 0-9, a letter first")
  .refine((it) => it !== "call", "is how tools of the first major begin");
const file = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, "must be the name of a file beside this one");
const classification = z.enum(CLASSIFICATIONS);

const offered = z.strictObject({
  /** How sensitive its answers are, where that is not what holds for the API. */
  classification: classification.optional(),
  /** The parts of its answers that are passed on; all of them without. */
  keep: z.array(pointer).min(1).max(50).optional(),
  /** Whose its records are; without, it is refused to whoever may see her own records alone. */
  owner: Owner.optional(),
});

const common = {
  name,
  title: z.string().min(1).max(100),
  /** The description, a file beside this one. */
  document: file,
  classification,
  authentication: Authentication.optional(),
  answers: z
    .strictObject({
      maxBytes: z.int().min(1_000).max(1_000_000).default(200_000),
      maxItems: z.int().min(1).max(10_000).default(200),
    })
    .prefault({}),
};

const operations = z.record(z.string(), offered).refine((it) => Object.keys(it).length > 0, "must name an operation");

const openApi = z.strictObject({ ...common, kind: z.literal("openapi"), operations });

/** The APIs that a release offers: nothing becomes a tool that is not named here. */
export const ApiList = z.strictObject({
  apis: z
    .array(
      z.discriminatedUnion("kind", [
        openApi,
        z.strictObject({ ...common, kind: z.literal("smithy"), operations }),
        /** `documents` holds the operations that callers choose among; they write none. */
        z.strictObject({ ...common, kind: z.literal("graphql"), documents: file, operations }),
        z.strictObject({
          ...common,
          kind: z.literal("soap"),
          /** `isRead` says what WSDL cannot: that an operation changes nothing. */
          operations: z
            .record(z.string(), offered.extend({ isRead: z.boolean() }))
            .refine((it) => Object.keys(it).length > 0, "must name an operation"),
        }),
      ]),
    )
    .min(1),
});

/** The APIs that a tenant brings, with their documents by name; it may bring none. */
export const OwnApiList = z.strictObject({ apis: z.array(openApi), documents: z.record(z.string(), z.json()) });

/** One API of the list. */
export type ListedApi = z.output<typeof ApiList>["apis"][number];
