import type { Subject } from "../mutant.ts";

/** A second resource beside one of the plan: like it, but for some inputs. */
export interface Addition {
  readonly type: string;
  readonly operator: string;
  readonly inputs: (subject: Subject) => Readonly<Record<string, unknown>>;
}

/** The text of a policy document. */
export function document(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
