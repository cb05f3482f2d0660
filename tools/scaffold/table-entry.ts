import ts from "typescript";

/** An entry of a table in a source file, and what it imports. */
export interface TableEntry {
  /** The constant that is the table. */
  readonly table: string;
  readonly key: string;
  /** The expression that is its value. */
  readonly value: string;
  /** The import declaration that the value needs. */
  readonly imported: string;
}

/** The text of a source file with one more entry in a table, unformatted; throws a TypeError if there is no such table. */
export function withEntry(source: string, { table, key, value, imported }: TableEntry): string {
  const file = ts.createSourceFile("table.ts", source, ts.ScriptTarget.Latest, true);
  const object = file.statements
    .filter(ts.isVariableStatement)
    .flatMap((it) => it.declarationList.declarations)
    .find((it) => it.name.getText() === table)?.initializer;
  if (object === undefined || !ts.isObjectLiteralExpression(object))
    throw new TypeError(`the file must declare ${table} as an object`);
  const { properties } = object;
  const comma = properties.length === 0 || properties.hasTrailingComma ? "" : ",";
  const at = placeOf(imported, file);
  const entry = `${comma}${JSON.stringify(key)}: ${value}`;
  return `${source.slice(0, at)}${imported}\n${source.slice(at, properties.end)}${entry}${source.slice(properties.end)}`;
}

/** Before the first import of what comes later by name. */
function placeOf(imported: string, file: ts.SourceFile): number {
  const added = ts.createSourceFile("import.ts", imported, ts.ScriptTarget.Latest, true);
  const later = importsOf(file).find((it) => specifierOf(it) > specifierOf(importsOf(added)[0]));
  return later?.getStart() ?? 0;
}

function importsOf(file: ts.SourceFile): readonly ts.ImportDeclaration[] {
  return file.statements.filter(ts.isImportDeclaration);
}

function specifierOf(declaration: ts.ImportDeclaration | undefined): string {
  return declaration === undefined ? "" : declaration.moduleSpecifier.getText();
}
