import { readFileSync } from "node:fs";
import ts from "typescript";

/** Parses a file of an SDK. Documentation comments stay plain text: parsing them too would multiply the time for 5,000 files. */
export function parseFile(path: string, text: string = readFileSync(path, "utf8")): ts.SourceFile {
  const options = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
  return ts.createSourceFile(path, text, options, false);
}

/** The text of the comments before a node, or "". */
export function documentationOf(node: ts.Node, text: string): string {
  const ranges = ts.getLeadingCommentRanges(text, node.pos) ?? [];
  return ranges.map(({ pos, end }) => text.slice(pos, end)).join("\n");
}

/** The name of a property, quoted or not. */
export function nameOf(name: ts.PropertyName): string {
  if (ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) return name.text;
  throw new Error("a property of an SDK has a computed name, which the resource catalogue cannot read");
}

/** A dotted name such as `inputs.core.v1.PodSpec`. */
export function dotted(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : `${dotted(name.left)}.${name.right.text}`;
}

/** Every node below `root` for which `is` is true, in the order of the text. */
export function descendants<T extends ts.Node>(root: ts.Node, is: (node: ts.Node) => node is T): T[] {
  const found: T[] = [];
  const visit = (node: ts.Node): void => {
    if (is(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

/** The strings of a literal array. */
export function stringsOf(node: ts.Node): string[] {
  return descendants(node, ts.isStringLiteralLike).map((literal) => literal.text);
}
