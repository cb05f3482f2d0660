import { format } from "prettier";
import ts from "typescript";
import type { McpService, Release } from "../../releases/releases.ts";
import { ReleaseProblem } from "./release-problem.ts";

const TABLE = "MCP_SERVERS";

/** The MCP servers that the text of the release data declares; throws a `ReleaseProblem` if it is more than plain data. */
export function servicesIn(source: string): Readonly<Record<string, McpService>> {
  return dataOf(tableIn(source)) as Record<string, McpService>;
}

/** The same text with one service as given, appended if there is none of the name; comments inside its entry are lost. */
export async function withService(source: string, name: string, service: McpService): Promise<string> {
  const table = tableIn(source);
  const entry = `${JSON.stringify(name)}: ${JSON.stringify(service)}`;
  const present = table.properties.find((it) => it.name !== undefined && nameOf(it.name) === name);
  const edited =
    present === undefined
      ? `${source.slice(0, table.properties.end)}${separatorOf(table)}${entry}${source.slice(table.properties.end)}`
      : source.slice(0, present.getStart()) + entry + source.slice(present.end);
  return format(edited, { parser: "typescript", printWidth: 120 });
}

/** The same text with a new service in its first release; throws a `ReleaseProblem` if there is one of the name. */
export async function addService(
  source: string,
  name: string,
  { scenarios, ...release }: Pick<McpService, "scenarios"> & Release,
): Promise<string> {
  if (Object.hasOwn(servicesIn(source), name))
    throw new ReleaseProblem(`service "${name}" is in the release data already`);
  return withService(source, name, { scenarios, releases: [release] });
}

function tableIn(source: string): ts.ObjectLiteralExpression {
  const file = ts.createSourceFile("releases.ts", source, ts.ScriptTarget.Latest, true);
  const declarations = file.statements.filter(ts.isVariableStatement).flatMap((it) => it.declarationList.declarations);
  const table = declarations.find((it) => it.name.getText() === TABLE)?.initializer;
  if (table !== undefined && ts.isObjectLiteralExpression(table)) return table;
  throw new ReleaseProblem(`the release data must declare ${TABLE} as an object`);
}

function separatorOf({ properties }: ts.ObjectLiteralExpression): string {
  return properties.length === 0 || properties.hasTrailingComma ? "" : ", ";
}

function dataOf(node: ts.Expression): unknown {
  if (ts.isStringLiteral(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(dataOf);
  if (!ts.isObjectLiteralExpression(node)) throw notData(node);
  return Object.fromEntries(
    node.properties.map((it) => {
      if (!ts.isPropertyAssignment(it)) throw notData(it);
      return [nameOf(it.name), dataOf(it.initializer)];
    }),
  );
}

function nameOf(name: ts.PropertyName): string {
  if (ts.isIdentifier(name) || ts.isStringLiteral(name)) return name.text;
  throw notData(name);
}

function notData(node: ts.Node): ReleaseProblem {
  return new ReleaseProblem(`${TABLE} must be plain data, and "${node.getText()}" is not`);
}
