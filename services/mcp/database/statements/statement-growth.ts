import type { ParseFields, ParseNode } from "./sql-parser.ts";
import { StatementFault } from "./statement-names.ts";

/** How many references to columns a plan may come to: some 100 MB of the planner's memory. */
const MOST_REFERENCES = 100_000;

/** To how many references those of a query come once its subqueries are put in the place of what refers to them. */
interface Growth {
  /** In the largest of its columns. */
  readonly column: number;
  readonly total: number;
}

/** By the name of a common table expression. */
type Scope = ReadonlyMap<string, number>;

/**
 * Refuses a query that doubles its own plan: PostgreSQL puts the columns of subqueries in the place of the references to them, so 22 times
 * `select s || s as s from (…)` becomes an expression with four million parts, and nothing ends the planner meanwhile. Throws a `StatementFault`.
 */
export function checkGrowth(query: ParseFields): void {
  growthOf(fieldsOf(query["SelectStmt"]), new Map());
}

/** Each part is looked at once, so that looking takes no longer than reading. */
function growthOf(select: ParseFields, around: Scope): Growth {
  const { withClause, larg, rarg, targetList, fromClause, ...others } = select;
  const scope = scopeOf(fieldsOf(withClause), around);
  const sides = [larg, rarg].flatMap((it) => (it === undefined ? [] : [growthOf(fieldsOf(it), scope)]));
  const factor = factorOf(fromClause, scope);
  const columns = listOf(targetList).map((it) => factor * references(it, scope));
  const rest = factor * (references(others, scope) + references(fromClause, scope));
  const total = [...columns, rest, ...sides.map((it) => it.total)].reduce((sum, it) => sum + it, 0);
  if (total > MOST_REFERENCES) throw new StatementFault("repeats its subqueries too often");
  return { column: Math.max(factor, ...columns, ...sides.map((it) => it.column)), total };
}

function scopeOf(clause: ParseFields, around: Scope): Scope {
  const scope = new Map(around);
  for (const it of listOf(clause["ctes"])) {
    const { ctename, ctequery } = fieldsOf(fieldsOf(it)["CommonTableExpr"]);
    const name = nameOf(ctename);
    if (clause["recursive"] === true) scope.set(name, 1);
    scope.set(name, growthOf(fieldsOf(fieldsOf(ctequery)["SelectStmt"]), scope).column);
  }
  return scope;
}

/** Of tables side by side, a column refers to one; a lateral one may refer to all before it. */
function factorOf(from: ParseNode | undefined, scope: Scope): number {
  const items = itemsOf(from, scope);
  return items.some((it) => it.isLateral)
    ? items.reduce((product, it) => product * it.column, 1)
    : Math.max(1, ...items.map((it) => it.column));
}

interface FromItem {
  readonly column: number;
  readonly isLateral: boolean;
}

function itemsOf(from: ParseNode | undefined, scope: Scope): readonly FromItem[] {
  return listOf(from).flatMap((it): readonly FromItem[] => {
    const { RangeVar: table, RangeSubselect: subquery, JoinExpr: join } = fieldsOf(it);
    if (table !== undefined) return [{ column: scope.get(nameOf(fieldsOf(table)["relname"])) ?? 1, isLateral: false }];
    if (join !== undefined) {
      const { larg, rarg } = fieldsOf(join);
      return itemsOf([larg ?? null, rarg ?? null], scope);
    }
    if (subquery === undefined) return [];
    const { subquery: inner, lateral } = fieldsOf(subquery);
    return [{ column: growthOf(fieldsOf(fieldsOf(inner)["SelectStmt"]), scope).column, isLateral: lateral === true }];
  });
}

/** The references in an expression, those of its subqueries included. */
function references(node: ParseNode | undefined, scope: Scope): number {
  if (Array.isArray(node))
    return (node as readonly ParseNode[]).reduce<number>((sum, it) => sum + references(it, scope), 0);
  return Object.entries(fieldsOf(node)).reduce((sum, [kind, it]) => {
    if (kind === "RangeSubselect") return sum;
    if (kind === "ColumnRef") return sum + 1;
    return sum + (kind === "SelectStmt" ? growthOf(fieldsOf(it), scope).total : references(it, scope));
  }, 0);
}

function fieldsOf(node: ParseNode | undefined): ParseFields {
  return typeof node === "object" && node !== null && !Array.isArray(node) ? (node as ParseFields) : {};
}

function listOf(node: ParseNode | undefined): readonly ParseNode[] {
  return Array.isArray(node) ? (node as readonly ParseNode[]) : [];
}

function nameOf(node: ParseNode | undefined): string {
  return typeof node === "string" ? node : "";
}
