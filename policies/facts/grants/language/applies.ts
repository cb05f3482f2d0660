import type { Statement } from "../../policy-document.ts";
import { allOf, anyOf, type Context, isMet, type Truth } from "./conditions.ts";
import { covers, hasVariable, overlap } from "./patterns.ts";

/** May this action be done on this resource? Action and resource may be patterns: then for all that they match. */
export interface Question {
  readonly action: string;
  readonly resource: string;
  readonly context?: Context;
}

/** Whether a statement of an identity policy or boundary applies, whose principal is whoever has it. */
export function applies(statement: Statement, { action, resource, context = {} }: Question): Truth {
  const { actions, notActions, resources, notResources, conditions, denies } = statement;
  const ofActions = fits(notActions ?? actions, action, { ignoresCase: true, denies });
  // Trust policies and some resource policies name no resource: they are on the one that has them.
  const named = notResources ?? (resources.length === 0 ? ["*"] : resources);
  const ofResources = fits(named, resource, { ignoresCase: false, denies });
  return allOf([
    notActions === undefined ? ofActions : not(ofActions),
    notResources === undefined ? ofResources : not(ofResources),
    ...conditions.map((it) => isMet(it, context)),
  ]);
}

function fits(
  patterns: readonly string[],
  asked: string,
  { ignoresCase, denies }: { ignoresCase: boolean; denies: boolean },
): Truth {
  const cased = (it: string): string => (ignoresCase ? it.toLowerCase() : it);
  return anyOf(
    patterns.map((it): Truth => {
      if (covers(cased(it), cased(asked))) return true;
      // What a variable in a grant stands for is not known, so it may be what is asked for.
      return overlap(cased(it), cased(asked)) || (denies && hasVariable(it)) ? undefined : false;
    }),
  );
}

function not(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}
