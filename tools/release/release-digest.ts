import ts from "typescript";
import { UNBUILT } from "../../releases/releases.ts";
import { ReleaseProblem } from "./release-problem.ts";

/** Where a digest is in the release data: a constant, then keys of objects. */
export type DigestPath = readonly [constant: string, ...keys: readonly string[]];

/** The digest at a path of the text of the release data; throws a `ReleaseProblem` where there is none. */
export function digestAt(source: string, at: DigestPath): string {
  return nodeAt(source, at).text;
}

/** The same text with another digest at the path. */
export function withDigestAt(source: string, at: DigestPath, digest: string): string {
  const node = nodeAt(source, at);
  return source.slice(0, node.getStart()) + JSON.stringify(digest) + source.slice(node.end);
}

/** Whether the image of the release at a path was never built. */
export function isUnbuiltAt(source: string, at: DigestPath): boolean {
  return digestAt(source, at) === UNBUILT;
}

function nodeAt(source: string, [constant, ...keys]: DigestPath): ts.StringLiteral {
  const file = ts.createSourceFile("releases.ts", source, ts.ScriptTarget.Latest, true);
  const declarations = file.statements.filter(ts.isVariableStatement).flatMap((it) => it.declarationList.declarations);
  const declared = declarations.find((it) => it.name.getText() === constant)?.initializer;
  const found = keys.reduce<ts.Expression | undefined>(propertyOf, declared);
  if (found !== undefined && ts.isStringLiteral(found)) return found;
  throw new ReleaseProblem(`the release data has no digest at ${[constant, ...keys].join(".")}`);
}

function propertyOf(node: ts.Expression | undefined, key: string): ts.Expression | undefined {
  if (node === undefined || !ts.isObjectLiteralExpression(node)) return undefined;
  const isNamed = (it: ts.PropertyAssignment): boolean =>
    (ts.isIdentifier(it.name) || ts.isStringLiteral(it.name)) && it.name.text === key;
  return node.properties.filter(ts.isPropertyAssignment).find(isNamed)?.initializer;
}
