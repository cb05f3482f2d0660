import ts from "typescript";
import type { ObjectSpec, PropertySpec } from "../spec.ts";
import { documentationOf, nameOf } from "./syntax.ts";
import { TypeReader, type Vocabulary } from "./type-reader.ts";

/** An interface in a `.d.ts`, parsed but not read yet. */
export interface Declaration {
  readonly node: ts.InterfaceDeclaration;
  readonly file: ts.SourceFile;
}

/** The interfaces of a file by dotted name, with those in namespaces. */
export function interfacesOf(file: ts.SourceFile): Map<string, Declaration> {
  const found = new Map<string, Declaration>();
  const visit = (statements: readonly ts.Statement[], prefix: string): void => {
    for (const statement of statements) {
      if (ts.isInterfaceDeclaration(statement)) {
        found.set(prefix + statement.name.text, { node: statement, file });
      } else if (
        ts.isModuleDeclaration(statement) &&
        statement.body !== undefined &&
        ts.isModuleBlock(statement.body)
      ) {
        visit(statement.body.statements, `${prefix}${statement.name.text}.`);
      }
    }
  };
  visit(file.statements, "");
  return found;
}

/** The enums of a file, which the SDK declares as `const Name: { readonly A: "a" }`. */
export function enumsOf(file: ts.SourceFile): Map<string, (string | number)[]> {
  const found = new Map<string, (string | number)[]>();
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, type } of statement.declarationList.declarations) {
      if (ts.isIdentifier(name) && type !== undefined && ts.isTypeLiteralNode(type)) {
        found.set(name.text, [...new Set(type.members.flatMap(literalOf))]);
      }
    }
  }
  return found;
}

/** A property with its documentation comment. */
export interface DocumentedProperty extends PropertySpec {
  readonly documentation: string;
}

/** The properties of an interface with their documentation. */
export function propertiesOf({ node, file }: Declaration, vocabulary: Vocabulary): Map<string, DocumentedProperty> {
  const reader = new TypeReader(vocabulary, file);
  const found = new Map<string, DocumentedProperty>();
  for (const member of node.members) {
    if (!ts.isPropertySignature(member) || member.type === undefined) continue;
    const required = member.questionToken === undefined && !admitsUndefined(member.type);
    const type = reader.read(member.type);
    const documentation = documentationOf(member, file.text);
    found.set(nameOf(member.name), { type, ...(required ? { required } : {}), documentation });
  }
  return found;
}

/** A nested type as it is stored. */
export function objectOf(declaration: Declaration, vocabulary: Vocabulary): ObjectSpec {
  if (declaration.node.heritageClauses !== undefined) {
    throw new Error(
      `${declaration.node.name.text} extends another interface, which the resource catalogue cannot read`,
    );
  }
  const entries = [...propertiesOf(declaration, vocabulary)].map(([name, { type, required, secret, createOnly }]) => {
    const flags = { ...(required && { required }), ...(secret && { secret }), ...(createOnly && { createOnly }) };
    return [name, { type, ...flags }] as const;
  });
  const open = declaration.node.members.some(ts.isIndexSignatureDeclaration);
  return { properties: Object.fromEntries(entries), ...(open ? { open } : {}) };
}

function literalOf(member: ts.TypeElement): (string | number)[] {
  if (!ts.isPropertySignature(member) || member.type === undefined || !ts.isLiteralTypeNode(member.type)) return [];
  const { literal } = member.type;
  if (ts.isStringLiteral(literal)) return [literal.text];
  return ts.isNumericLiteral(literal) ? [Number(literal.text)] : [];
}

function admitsUndefined(type: ts.TypeNode): boolean {
  if (type.kind === ts.SyntaxKind.AnyKeyword || type.kind === ts.SyntaxKind.UndefinedKeyword) return true;
  if (ts.isUnionTypeNode(type)) return type.types.some(admitsUndefined);
  const argument = ts.isTypeReferenceNode(type) ? type.typeArguments?.[0] : undefined;
  return argument !== undefined && ts.isUnionTypeNode(argument) && argument.types.some(admitsUndefined);
}
