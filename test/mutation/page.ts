import { premiseOf } from "../../policies/engine/premises.ts";
import { markdownTable } from "../../policies/engine/table.ts";
import { EQUIVALENTS, whyEquivalent } from "./equivalents/equivalents.ts";
import type { Aim, Judged } from "./judging.ts";
import type { Mutant } from "./mutant.ts";
import { AIMS, countsByAim, killedOf, scoreOf } from "./score.ts";
import { whyAlive } from "./survivors.ts";

/** Where the page is. */
export const PAGE = new URL("../../docs/mutation.md", import.meta.url);

/** The text of `docs/mutation.md`. */
export function page(mutants: readonly Mutant[], results: readonly Judged[]): string {
  const killed = killedOf(results);
  const advised = killed.filter(({ killers }) => !killers.some((it) => it.mandatory));
  return `# Mutation of plans

Each mutant is a plan with one change that breaks a promise: a property, a statement of a policy document or a whole resource. The
rules judge the stacks that change; what they let through, the proofs judge over all stacks. This page is written by
\`node test/mutation/run.ts\`, and a test judges a sample of the mutants again.

**${results.length} mutants, ${killed.length} found: ${scoreOf(results).toFixed(1)} %.** ${advised.length} of these are found by
rules that advise alone, and would be deployed.

Mutants are made of every property that the [descriptions](../policies/descriptions) name as read, accepted or unread, in the stacks
of an environment, of a region and of a tenant, with agents on Amazon EKS and on AgentCore Runtime. Resources that one component makes
alike count once: layer, component and type, property and operator tell mutants apart.

## What finds them

${byAim(results)}

A mutant that several find counts for each.

## By operator

${byOperator(mutants, results)}

## What is no breach

${equivalents(mutants)}

## Survivors

${survivors(mutants, results)}
`;
}

function byAim(results: readonly Judged[]): string {
  const counts = countsByAim(results);
  const rows = AIMS.map((it) => [titleOf(it), String(counts.get(it) ?? 0)]);
  return markdownTable([["found by rules and proofs of", "mutants"], ...rows]);
}

function titleOf(aim: Aim): string {
  if (aim === "liveness") return "What must work";
  return aim === "residency" ? premiseOf(aim).title : `${aim}. ${premiseOf(aim).title}`;
}

function byOperator(mutants: readonly Mutant[], results: readonly Judged[]): string {
  const operators = new Map(mutants.map(({ id, operator }) => [id, familyOf(operator)]));
  const rows = [...Map.groupBy(results, ({ id }) => operators.get(id) ?? "")]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([operator, same]) => [operator, String(same.length), String(same.length - killedOf(same).length)]);
  return markdownTable([["operator", "mutants", "survive"], ...rows]);
}

/** Operators that add resources, or change one condition, are many: each kind is a row. */
function familyOf(operator: string): string {
  return /^(?:second|without|any) /.exec(operator)?.[0].trim() ?? operator;
}

function equivalents(mutants: readonly Mutant[]): string {
  const reasons = mutants.map((it) => whyEquivalent(it)?.reason);
  const rows = EQUIVALENTS.map(({ reason }) => [reason, String(reasons.filter((it) => it === reason).length)]);
  return markdownTable([["reason", "changes"], ...rows]);
}

function survivors(mutants: readonly Mutant[], results: readonly Judged[]): string {
  const byId = new Map(mutants.map((it) => [it.id, it]));
  const alive = results.filter(({ killers }) => killers.length === 0).map(({ id }) => id);
  const groups = Map.groupBy(alive, (id) => whyAlive(byId.get(id)));
  const sections = [...groups].toSorted(([, a], [, b]) => b.length - a.length);
  return sections.map(([why, ids]) => `${why} (${ids.length})\n\n${listOf(ids)}`).join("\n\n");
}

function listOf(ids: readonly string[]): string {
  return ids
    .toSorted()
    .map((it) => `- \`${it}\``)
    .join("\n");
}

/** The ids of the survivors that the page lists. */
export function survivorsOn(text: string): ReadonlySet<string> {
  const [, list = ""] = text.split("\n## Survivors\n");
  return new Set([...list.matchAll(/^- `(.*)`$/gm)].map(([, id = ""]) => id));
}

/** The score on the page, in per cent. */
export function scoreOn(text: string): number {
  return Number(/found: (\d+\.\d) %/.exec(text)?.[1]);
}
