import { FUNCTIONS, SYNTAX_FUNCTIONS, TYPES } from "./allowed-functions.ts";
import type { ParseFields, ParseNode } from "./sql-parser.ts";

/** What a statement contains that no query may. */
export class StatementFault extends Error {
  override readonly name = "StatementFault";
}

/** The names in a statement whose meaning depends on the database, and its highest parameter. */
export interface StatementNames {
  /** Names after a point: columns, or functions in the notation of one. */
  readonly fields: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
  readonly operators: ReadonlySet<string>;
  readonly highestParameter: number;
}

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** The kinds of nodes that a query may consist of. Whatever is not here is refused, what PostgreSQL has yet to invent included. */
const KINDS = words(`
  A_ArrayExpr A_Const A_Expr A_Indices A_Indirection A_Star Alias BitString BoolExpr Boolean BooleanTest CTECycleClause
  CTESearchClause CaseExpr CaseWhen CoalesceExpr CollateClause ColumnDef ColumnRef CommonTableExpr Float FuncCall
  GroupingFunc GroupingSet Integer JoinExpr List MinMaxExpr NamedArgExpr NullTest ParamRef RangeFunction RangeSubselect
  RangeVar ResTarget RowExpr SQLValueFunction SelectStmt SortBy String SubLink TypeCast TypeName WindowDef WithClause
`);

/** Members that hold a node of one kind, which is therefore not written down; every other node stands in a member named after its kind. */
const KIND_OF_MEMBER: Readonly<Record<string, string>> = {
  "A_Const.boolval": "Boolean",
  "A_Const.bsval": "BitString",
  "A_Const.fval": "Float",
  "A_Const.ival": "Integer",
  "A_Const.sval": "String",
  "ColumnDef.collClause": "CollateClause",
  "ColumnDef.typeName": "TypeName",
  "CommonTableExpr.cycle_clause": "CTECycleClause",
  "CommonTableExpr.search_clause": "CTESearchClause",
  "FuncCall.over": "WindowDef",
  "JoinExpr.alias": "Alias",
  "JoinExpr.join_using_alias": "Alias",
  "RangeFunction.alias": "Alias",
  "RangeSubselect.alias": "Alias",
  "RangeVar.alias": "Alias",
  "SelectStmt.larg": "SelectStmt",
  "SelectStmt.rarg": "SelectStmt",
  "SelectStmt.withClause": "WithClause",
  "TypeCast.typeName": "TypeName",
};

/** Where a row lies and which transactions wrote it: that tells of the rows of all tenants. */
const SYSTEM_COLUMNS = words("cmax cmin ctid tableoid xmax xmin");

/** Values that say what time it is; the others say who asks. */
const TIMES = /^SVFOP_(CURRENT_(DATE|TIME|TIMESTAMP)|LOCAL(TIME|TIMESTAMP))(_N)?$/;

/** How many nodes may stand in each other: more than a person writes, and less than any stack holds. */
const DEEPEST = 500;

const SCHEMAS_OF_TABLES: readonly unknown[] = [undefined, "business"];

/** Reads the names in a query; throws a `StatementFault` for the first thing in it that no query may contain. */
export function namesIn(query: ParseFields): StatementNames {
  const reader = new Reader();
  reader.node(query);
  const { fields, functions, operators, highestParameter } = reader;
  return { fields, functions, operators, highestParameter };
}

class Reader implements StatementNames {
  readonly fields = new Set<string>();
  readonly functions = new Set<string>();
  readonly operators = new Set<string>();
  highestParameter = 0;
  private depth = 0;

  /** By kind, what is to be checked besides the members. */
  private readonly checks: Readonly<Record<string, (members: ParseFields) => void>> = {
    A_Expr: ({ name }) => this.operator(name),
    A_Indirection: ({ indirection }) => textsOf(indirection).forEach((it) => this.field(it)),
    ColumnRef: ({ fields }) => this.column(textsOf(fields)),
    FuncCall: ({ funcname }) => this.call(textsOf(funcname)),
    ParamRef: ({ number }) => {
      this.highestParameter = Math.max(this.highestParameter, typeof number === "number" ? number : 0);
    },
    RangeVar: ({ relname, schemaname, catalogname }) => {
      if (catalogname !== undefined || !SCHEMAS_OF_TABLES.includes(schemaname))
        throw new StatementFault(`may not read ${said(schemaname)}.${said(relname)}; list-tables names what it may`);
    },
    ResTarget: ({ indirection }) => textsOf(indirection).forEach((it) => this.field(it)),
    SortBy: ({ useOp }) => this.operator(useOp),
    SQLValueFunction: ({ op }) => {
      if (!TIMES.test(said(op))) throw new StatementFault("may not ask for the user, role, catalogue or schema");
    },
    SubLink: ({ operName }) => this.operator(operName),
    TypeName: (members) => this.type(members),
  };

  /** A node with its kind as its only member; an empty one stands for what was left out. */
  node(wrapped: ParseFields): void {
    for (const [kind, members] of Object.entries(wrapped)) this.ofKind(kind, members);
  }

  private ofKind(kind: string, members: ParseNode | undefined): void {
    if (!KINDS.has(kind)) throw new StatementFault(`may not contain ${kind.replace(/^A_/, "")}`);
    if (!isFields(members)) throw new StatementFault(`may not contain this ${kind}`);
    this.checks[kind]?.(members);
    if (++this.depth > DEEPEST) throw new StatementFault("is nested too deeply");
    for (const [name, value] of Object.entries(members)) this.member(`${kind}.${name}`, value);
    this.depth--;
  }

  private member(name: string, value: ParseNode | undefined): void {
    if (Array.isArray(value)) for (const it of value as readonly ParseNode[]) this.item(name, it);
    else if (isFields(value)) this.only(name, value);
  }

  private only(name: string, value: ParseFields): void {
    const kind = KIND_OF_MEMBER[name];
    if (kind === undefined) this.node(value);
    else this.ofKind(kind, value);
  }

  private item(name: string, item: ParseNode): void {
    if (!isFields(item)) throw new StatementFault(`may not contain this ${name}`);
    this.node(item);
  }

  /** Only the first name of a column is never a function. */
  private column([first = "", ...rest]: readonly string[]): void {
    if (SYSTEM_COLUMNS.has(first)) throw new StatementFault(`may not read ${first}`);
    for (const it of rest) this.field(it);
  }

  private field(name: string): void {
    if (SYSTEM_COLUMNS.has(name)) throw new StatementFault(`may not read ${name}`);
    this.fields.add(name);
  }

  private call(names: readonly string[]): void {
    const name = names.at(-1) ?? "";
    const isOurs = names.length === 1 && FUNCTIONS.has(name);
    const isPostgresOwn =
      names.length === 2 && names[0] === "pg_catalog" && (FUNCTIONS.has(name) || SYNTAX_FUNCTIONS.has(name));
    if (!isOurs && !isPostgresOwn) throw new StatementFault(`may not call ${names.join(".")}`);
    this.functions.add(name);
  }

  private operator(name: ParseNode | undefined): void {
    const names = textsOf(name);
    if (names.length > 1 && names[0] !== "pg_catalog")
      throw new StatementFault(`may not use the operator ${names.join(".")}`);
    for (const it of names.slice(-1)) this.operators.add(it);
  }

  private type({ names, pct_type: isOfColumn, setof }: ParseFields): void {
    const texts = textsOf(names);
    const isKnown = texts.length === 1 || (texts.length === 2 && texts[0] === "pg_catalog");
    if (!isKnown || isOfColumn !== undefined || setof !== undefined || !TYPES.has(texts.at(-1) ?? ""))
      throw new StatementFault(`may not use the type ${texts.join(".")}`);
  }
}

function isFields(value: ParseNode | undefined): value is ParseFields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The names in a list of nodes, without what is no name. */
function textsOf(list: ParseNode | undefined): readonly string[] {
  if (!Array.isArray(list)) return [];
  return (list as readonly ParseNode[]).flatMap((it) => {
    const text = isFields(it) && isFields(it["String"]) ? it["String"]["sval"] : undefined;
    return typeof text === "string" ? [text] : [];
  });
}

function said(value: ParseNode | undefined): string {
  return typeof value === "string" ? value : "";
}
