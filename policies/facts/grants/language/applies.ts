import type { Principal, Statement } from "../../policy-document.ts";
import { allOf, anyOf, type Context, isMet, type Truth } from "./conditions.ts";
import { covers, hasVariable, overlap } from "./patterns.ts";

/** Who asks: a role or user by its ARN and account, or an AWS service by its name. */
export type Asker = { readonly arn: string; readonly account: string } | { readonly service: string };

/** May this principal do this action on this resource? Action and resource may be patterns: then for all that they match. */
export interface Question {
  readonly asker: Asker;
  readonly action: string;
  readonly resource: string;
  readonly context?: Context;
}

/** What a resource's policy allows to the asker by name, to everybody, and to the asker's whole account, which leaves it to IAM. */
export type Granted = Readonly<Record<"named" | "anybody" | "account", Truth>>;

/** What the Allow statements of a resource's policy grant to the asker. */
export function grantsTo(question: Question, statements: readonly Statement[]): Granted {
  const { asker } = question;
  const grants = statements.filter((it) => it.allows);
  const of = (isMeant: (it: Principal) => boolean): Truth =>
    anyOf(
      grants
        .filter((it) => it.notPrincipals === undefined && it.principals.some(isMeant))
        .map((it) => applies(it, question)),
    );
  const others = grants.filter((it) => it.notPrincipals !== undefined).map((it) => appliesTo(it, question));
  return {
    named: of((it) => isNamed(it, asker)),
    anybody: anyOf([of(({ id }) => id === "*"), ...others]),
    account: of((it) => "account" in asker && isAccount(it, asker.account)),
  };
}

/** Whether a statement of an identity policy or boundary applies, whose principal is whoever has it. */
export function applies(statement: Statement, { action, resource, context = {} }: Omit<Question, "asker">): Truth {
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

/** Whether a statement that names principals applies to the asker; with `isImplied` also one that names none. */
export function appliesTo(statement: Statement, question: Question, isImplied = false): Truth {
  const { principals, notPrincipals } = statement;
  const isMeant = (list: readonly Principal[]): boolean =>
    list.some(
      (it) =>
        it.id === "*" ||
        isNamed(it, question.asker) ||
        ("account" in question.asker && isAccount(it, question.asker.account)),
    );
  const meant = notPrincipals === undefined ? isMeant(principals) : !isMeant(notPrincipals);
  const isBare = isImplied && principals.length === 0 && notPrincipals === undefined;
  return meant || isBare ? applies(statement, question) : false;
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

function isNamed({ kind, id }: Principal, asker: Asker): boolean {
  return "service" in asker ? kind === "Service" && id === asker.service : kind === "AWS" && id === asker.arn;
}

function isAccount({ kind, id }: Principal, account: string): boolean {
  return kind === "AWS" && (id === account || id === `arn:aws:iam::${account}:root`);
}
