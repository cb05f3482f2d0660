import ts from "typescript";
import { describe, expect, test } from "vitest";
import { FOLDERS, parse, type Source, sourcesIn } from "./sources.ts";

const DOCUMENTED = FOLDERS.filter((it) => it !== "test" && it !== "bench");

describe("what is exported says what it is for", () => {
  test("in every folder that others import from", () => {
    // Declarations beside plain JavaScript repeat what is documented there.
    const sources = sourcesIn(DOCUMENTED).filter((it) => !it.path.includes(".d."));
    expect(sources.length).toBeGreaterThan(150);
    expect(sources.flatMap(undocumented)).toEqual([]);
  });

  test.each([
    ["export const a = 1;", ["a"]],
    ["export const { a, b: [c] } = it;", ["a", "c"]],
    ["// Not a doc comment.\nexport function a() {}", ["a"]],
    ["/** */\nexport class A {}", ["A"]],
    ["export default class {}", ["default"]],
    ["export default a;", ["default"]],
    ["export type A = string;\nexport interface B {}\nexport enum C {}", ["A", "B", "C"]],
    ["const a = 1;\nfunction b() {}\nexport { a as c, b };", ["a", "b"]],
    ["/** One. */\nexport const a = 1;\nexport const b = 2;", ["b"]],
    ["export const a = rule({});\nexport const b = ruler({ description: 1 });", ["a", "b"]],
    ['/** Of the import. */\nimport a from "a";\nexport const b = a;', ["b"]],
  ])("%j lacks it for %j", (text, names) => {
    expect(undocumented({ path: "tools/a.ts", text })).toEqual(names.map((it) => `tools/a.ts exports ${it}`));
  });

  test.each([
    "/** One. */\nexport const a = 1;",
    "/** One. */\n// eslint-disable-next-line no-console\nexport default a;",
    "/** One. */\nconst a = 1;\nexport { a };",
    "/** The first overload. */\nexport function a(b: string): void;\nexport function a(b: unknown): void {}",
    'export const a = rule({ id: "a", description: "It is so." });',
    'export { a } from "./a.ts";\nexport * from "./b.ts";\nconst c = 1;',
  ])("%j is in order", (text) => {
    expect(undocumented({ path: "tools/a.ts", text })).toEqual([]);
  });
});

/** What a file exports without a doc comment; what it passes on from elsewhere is documented there. */
function undocumented(source: Source): readonly string[] {
  const { statements } = parse(source);
  const documented = new Set(statements.filter((it) => hasDoc(source.text, it) || isRule(it)).flatMap(namesOf));
  const exported = statements.flatMap((it) => (isExported(it) ? namesOf(it) : listedIn(it)));
  return [...new Set(exported)].filter((it) => !documented.has(it)).map((it) => `${source.path} exports ${it}`);
}

function hasDoc(text: string, statement: ts.Statement): boolean {
  const comments = ts.getLeadingCommentRanges(text, statement.getFullStart()) ?? [];
  return comments.some(({ pos, end }) => /^\/\*\*[\s*]*[^\s*/]/.test(text.slice(pos, end)));
}

/** A rule carries its own description, and says nothing twice. */
function isRule(statement: ts.Statement): boolean {
  if (!ts.isVariableStatement(statement)) return false;
  return statement.declarationList.declarations.every(({ initializer: it }) => {
    if (it === undefined || !ts.isCallExpression(it) || it.expression.getText() !== "rule") return false;
    const [definition] = it.arguments;
    if (definition === undefined || !ts.isObjectLiteralExpression(definition)) return false;
    return definition.properties.some((property) => property.name?.getText() === "description");
  });
}

function isExported(statement: ts.Statement): boolean {
  if (ts.isExportAssignment(statement)) return true;
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.some((it) => it.kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function listedIn(statement: ts.Statement): readonly string[] {
  if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier !== undefined) return [];
  const { exportClause } = statement;
  if (exportClause === undefined || !ts.isNamedExports(exportClause)) return [];
  return exportClause.elements.map((it) => (it.propertyName ?? it.name).text);
}

function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.flatMap((it) => bound(it.name));
  if (ts.isExportAssignment(statement)) return ["default"];
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
    return [statement.name?.text ?? "default"];
  const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
  return isType || ts.isEnumDeclaration(statement) ? [statement.name.text] : [];
}

function bound(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((it) => (ts.isOmittedExpression(it) ? [] : bound(it.name)));
}
