import * as z from "zod";
import type { Call } from "../../../libraries/mcp-host/definition/definition.ts";
import { applyChange, type Change } from "../change.ts";
import { DatabaseProblem } from "../database-problem.ts";
import { oncePerKey } from "../idempotency.ts";
import type { DatabaseServices } from "../services.ts";
import { identifierText, mutable, rows } from "./schemas.ts";

/** Values by column. */
export const recordInput = z.record(identifierText, z.json());

/** What every tool that changes something takes. */
export const changeInput = z.object({
  table: identifierText,
  dryRun: z.boolean().default(true).describe("true (the default) only shows what would change"),
  idempotencyKey: z
    .string()
    .min(8)
    .max(128)
    .optional()
    .describe("needed unless dryRun: the same key never makes the same change twice"),
});

/** What every tool that changes something answers. */
export const changeOutput = z.object({
  dryRun: z.boolean(),
  replayed: z.boolean().describe("whether this is the answer to an earlier call with the same key"),
  affected: z.int(),
  columns: z.array(z.string()),
  rows,
});

type Answer = z.input<typeof changeOutput>;

/** Makes a change, or shows what it would do and takes it back. */
export async function makeChange(
  change: Change,
  { dryRun, idempotencyKey }: { readonly dryRun: boolean; readonly idempotencyKey?: string | undefined },
  { context, signal, services }: Pick<Call<DatabaseServices>, "context" | "signal" | "services">,
): Promise<Answer> {
  if (!dryRun && idempotencyKey === undefined)
    throw new DatabaseProblem("ERR_CHANGE_REFUSED", "a change that is not a dry run needs an idempotencyKey", {
      field: "idempotencyKey",
    });
  return services.database.write(context, signal, async (transaction) => {
    const make = () => applyChange(transaction, change, services);
    const { answer, isReplay } =
      dryRun || idempotencyKey === undefined
        ? { answer: await make(), isReplay: false }
        : await oncePerKey(transaction, idempotencyKey, change, make);
    const result = {
      dryRun,
      replayed: isReplay,
      affected: answer.affected,
      columns: [...answer.columns],
      rows: mutable(answer.rows),
    };
    return { result, commit: !dryRun };
  });
}
