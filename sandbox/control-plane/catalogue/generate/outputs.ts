import ts from "typescript";
import type { TypeSpec } from "../spec.ts";
import { descendants, nameOf } from "./syntax.ts";
import { TypeReader, type Vocabulary } from "./type-reader.ts";

/** The types of the outputs that a resource class always has; those that may be absent are left out. */
export function outputsOf(file: ts.SourceFile, name: string, vocabulary: Vocabulary): Map<string, TypeSpec> {
  const reader = new TypeReader(vocabulary, file);
  const declaration = file.statements.filter(ts.isClassDeclaration).find((it) => it.name?.text === name);
  const found = new Map<string, TypeSpec>();
  for (const member of declaration?.members ?? []) {
    if (!ts.isPropertyDeclaration(member) || member.type === undefined || !isOutput(member.type)) continue;
    if (descendants(member.type, isUndefined).length === 0) found.set(nameOf(member.name), reader.read(member.type));
  }
  return found;
}

/** Whether a type is `pulumi.Output<…>`; a static member is none. */
function isOutput(node: ts.TypeNode): boolean {
  return ts.isTypeReferenceNode(node) && ts.isQualifiedName(node.typeName) && node.typeName.right.text === "Output";
}

function isUndefined(node: ts.Node): node is ts.KeywordTypeNode<ts.SyntaxKind.UndefinedKeyword> {
  return node.kind === ts.SyntaxKind.UndefinedKeyword;
}
