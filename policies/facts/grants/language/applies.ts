import type { Statement } from "../../policy-document.ts";
import { allOf, type Context, isMet, type Truth } from "./conditions.ts";
import { covers, hasVariable, overlap } from "./patterns.ts";

/** May this action be done on this resource? Action and resource may be patterns: then for all that they match. */
export interface Question {
  readonly action: string;
  readonly resource: string;
  readonly context?: Context;
}

/** Whether a statement of an identity policy or boundary applies, whose principal is whoever has it. */
export function applies(statement: Statement, { action, resource, context = {} }: Question): Truth {
  const { lowActions, notActions, resources, notResources, conditions, denies } = statement;
  const patterns = notActions === undefined ? lowActions : notActions.map((it) => it.toLowerCase());
  const ofActions = unless(notActions !== undefined, fits(patterns, action.toLowerCase(), denies));
  if (ofActions === false) return false;
  // Trust policies and some resource policies name no resource: they are on the one that has them.
  const named = notResources ?? (resources.length === 0 ? ["*"] : resources);
  const ofResources = unless(notResources !== undefined, fits(named, resource, denies));
  if (ofResources === false) return false;
  return allOf([ofActions, ofResources, ...conditions.map((it) => isMet(it, context))]);
}

function fits(patterns: readonly string[], asked: string, denies: boolean): Truth {
  let result: Truth = false;
  for (const it of patterns) {
    if (covers(it, asked)) return true;
    // What a variable in a grant stands for is not known, so it may be what is asked for.
    if (overlap(it, asked) || (denies && hasVariable(it))) result = undefined;
  }
  return result;
}

/** The opposite, where a statement applies to all but what it lists. */
function unless(isInverted: boolean, truth: Truth): Truth {
  return isInverted && truth !== undefined ? !truth : truth;
}
