import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/** The checkout. */
export const ROOT = path.resolve(import.meta.dirname, "../..");

/** The folders of the architecture, in the order in which they may know each other. */
export const FOLDERS = [
  "contracts",
  "plan",
  "environments",
  "releases",
  "components",
  "services",
  "infra",
  "policies",
  "sandbox",
  "tools",
  "test",
  "bench",
];

/** A file of our own code. */
export interface Source {
  /** From the root, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** One import, wherever and however it is written. */
export interface Import {
  /** What is imported: a path from the root for our own files, else the specifier; `undefined` where it is computed. */
  readonly target: string | undefined;
  /** Gone when the program runs. */
  readonly asType: boolean;
  readonly line: number;
}

/** Every TypeScript and JavaScript file of these folders. */
export function sourcesIn(folders: readonly string[], root: string = ROOT): readonly Source[] {
  return folders
    .flatMap((folder) => readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((it) => it.isFile() && /\.m?[jt]s$/.test(it.name))
    .map((it) => path.relative(root, path.join(it.parentPath, it.name)).split(path.sep).join("/"))
    .sort()
    .map((it) => ({ path: it, text: readFileSync(path.join(root, it), "utf8") }));
}

/** The syntax tree of a file. */
export function parse({ path: file, text }: Source): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

/** All that a file imports: static, type-only, re-exported, dynamic, and by `require`. */
export function importsOf(source: Source): readonly Import[] {
  let imports = imported.get(source);
  if (imports === undefined) imported.set(source, (imports = importsIn(source)));
  return imports;
}

const imported = new WeakMap<Source, readonly Import[]>();

function importsIn(source: Source): readonly Import[] {
  const tree = parse(source);
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const it = importAt(node);
    if (it !== undefined) {
      const specifier =
        it.specifier !== undefined && ts.isStringLiteralLike(it.specifier) ? it.specifier.text : undefined;
      const line = tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
      found.push({ target: specifier && resolved(source.path, specifier), asType: it.asType, line });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** How many lines of a file hold code: blank lines and comments do not count, lines of a template literal do. */
export function codeLines(source: Source): number {
  const tree = parse(source);
  const lines = new Set<number>();
  const visit = (node: ts.Node): void => {
    if (node.kind >= ts.SyntaxKind.FirstJSDocNode && node.kind <= ts.SyntaxKind.LastJSDocNode) return;
    const children = node.getChildren(tree);
    children.forEach(visit);
    if (children.length > 0 || node.getWidth(tree) === 0) return;
    const [first, last] = [node.getStart(tree), node.getEnd()].map((it) => tree.getLineAndCharacterOfPosition(it).line);
    for (let line = first ?? 0; line <= (last ?? 0); line += 1) lines.add(line);
  };
  visit(tree);
  return lines.size;
}

/** The name of the package that a specifier is of; `undefined` for our own files and what Node.js brings. */
export function packageOf(target: string): string | undefined {
  if (target.startsWith("node:") || FOLDERS.includes(target.split("/", 1)[0] ?? "")) return undefined;
  return target.split("/", target.startsWith("@") ? 2 : 1).join("/");
}

interface Found {
  readonly specifier: ts.Node | undefined;
  readonly asType: boolean;
}

function importAt(node: ts.Node): Found | undefined {
  if (ts.isImportDeclaration(node)) {
    const { importClause } = node;
    return { specifier: node.moduleSpecifier, asType: importClause !== undefined && isTypeClause(importClause) };
  }
  if (ts.isExportDeclaration(node)) {
    return node.moduleSpecifier && { specifier: node.moduleSpecifier, asType: node.isTypeOnly };
  }
  if (ts.isImportTypeNode(node)) {
    return { specifier: ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, asType: true };
  }
  return ts.isCallExpression(node) && isLoading(node.expression)
    ? { specifier: node.arguments[0], asType: false }
    : undefined;
}

function isTypeClause({ phaseModifier, name, namedBindings }: ts.ImportClause): boolean {
  if (phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  if (name !== undefined || namedBindings === undefined || !ts.isNamedImports(namedBindings)) return false;
  return namedBindings.elements.length > 0 && namedBindings.elements.every((it) => it.isTypeOnly);
}

function isLoading(callee: ts.Expression): boolean {
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === "require");
}

function resolved(importer: string, specifier: string): string {
  return specifier.startsWith(".") ? path.posix.join(path.posix.dirname(importer), specifier) : specifier;
}
