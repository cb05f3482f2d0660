import ts from "typescript";
import type { TypeSpec } from "../spec.ts";
import { dotted } from "./syntax.ts";

/** Looks up the types that a package names. */
export interface Vocabulary {
  /** The name in shards of a nested type of this package, or of another one such as `aws`; `undefined` when there is none. */
  readonly nested: (name: string, packageName?: string) => string | undefined;
  /** The same for a nested type of outputs. */
  readonly nestedOutput: (name: string) => string | undefined;
  readonly enumeration: (name: string) => readonly (string | number)[] | undefined;
}

const KEYWORDS = new Map<ts.SyntaxKind, TypeSpec>([
  [ts.SyntaxKind.StringKeyword, "string"],
  [ts.SyntaxKind.NumberKeyword, "number"],
  [ts.SyntaxKind.BooleanKeyword, "boolean"],
  [ts.SyntaxKind.AnyKeyword, "any"],
]);

const KNOWN: Readonly<Record<string, TypeSpec>> = {
  "pulumi.asset.Asset": "asset",
  "pulumi.asset.Archive": "archive",
  "pulumi.ID": "string",
  "pulumi.Inputs": { map: "any" },
  Record: { map: "any" },
};

const FOREIGN: Readonly<Record<string, string>> = { pulumiAws: "aws", pulumiKubernetes: "kubernetes" };

/** Turns the declared type of a property into the values that may be on the wire; throws for a type that it cannot read. */
export class TypeReader {
  readonly #vocabulary: Vocabulary;
  readonly #file: ts.SourceFile;

  constructor(vocabulary: Vocabulary, file: ts.SourceFile) {
    this.#vocabulary = vocabulary;
    this.#file = file;
  }

  read(node: ts.TypeNode): TypeSpec {
    const keyword = KEYWORDS.get(node.kind);
    if (keyword !== undefined) return keyword;
    if (ts.isParenthesizedTypeNode(node)) return this.read(node.type);
    if (ts.isArrayTypeNode(node)) return { array: this.read(node.elementType) };
    if (ts.isUnionTypeNode(node)) return this.#union(node.types);
    if (ts.isLiteralTypeNode(node)) return { values: [literalValue(node)] };
    if (ts.isTypeLiteralNode(node)) return this.#map(node);
    if (ts.isTypeReferenceNode(node)) return this.#reference(node);
    throw this.#unreadable(node);
  }

  #union(nodes: readonly ts.TypeNode[]): TypeSpec {
    const types = nodes.filter((node) => node.kind !== ts.SyntaxKind.UndefinedKeyword).map((node) => this.read(node));
    if (types.includes("any")) return "any";
    const values = types.flatMap((type) => (typeof type === "object" && "values" in type ? type.values : []));
    const rest = types.filter((type) => typeof type === "string" || !("values" in type));
    // Listed values beside `string` are only suggestions: every string is allowed.
    const closed = values.length > 0 && !rest.includes("string") ? [{ values: [...new Set(values)] }] : [];
    const members = [...closed, ...(rest.includes("resource") ? rest.filter((type) => type !== "string") : rest)];
    return members.length === 1 && members[0] !== undefined ? members[0] : { union: members };
  }

  #map(node: ts.TypeLiteralNode): TypeSpec {
    const [member] = node.members;
    if (node.members.length !== 1 || member === undefined || !ts.isIndexSignatureDeclaration(member))
      throw this.#unreadable(node);
    return { map: this.read(member.type) };
  }

  #reference(node: ts.TypeReferenceNode): TypeSpec {
    const name = dotted(node.typeName);
    const argument = name === "pulumi.Input" || name === "pulumi.Output" ? node.typeArguments?.[0] : undefined;
    if (argument !== undefined) return this.read(argument);
    const known = KNOWN[name];
    if (known !== undefined) return known;
    const [prefix = "", ...path] = name.split(".");
    if (prefix === "inputs") return this.#nested(node, path.join("."));
    if (prefix === "outputs") return this.#named(node, this.#vocabulary.nestedOutput(path.join(".")));
    return prefix === "enums" ? this.#enumeration(node, path.join(".")) : this.#other(node, prefix, path);
  }

  #other(node: ts.TypeReferenceNode, prefix: string, path: readonly string[]): TypeSpec {
    const foreign = FOREIGN[prefix];
    if (foreign !== undefined && path[0] === "types") return this.#nested(node, path.slice(2).join("."), foreign);
    // All others are classes: of another package, or imported by name from this one.
    if (foreign !== undefined || importsName(this.#file, prefix)) return "resource";
    throw this.#unreadable(node);
  }

  #nested(node: ts.Node, name: string, packageName?: string): TypeSpec {
    return this.#named(node, this.#vocabulary.nested(name, packageName));
  }

  #named(node: ts.Node, ref: string | undefined): TypeSpec {
    if (ref === undefined) throw this.#unreadable(node);
    return { ref };
  }

  #enumeration(node: ts.Node, name: string): TypeSpec {
    const values = this.#vocabulary.enumeration(name);
    if (values === undefined) throw this.#unreadable(node);
    return { values };
  }

  #unreadable(node: ts.Node): Error {
    const text = this.#file.text.slice(node.pos, node.end).trim();
    return new Error(`the resource catalogue cannot read the type "${text}" in ${this.#file.fileName}`);
  }
}

function literalValue({ literal }: ts.LiteralTypeNode): string | number | boolean {
  if (ts.isStringLiteral(literal)) return literal.text;
  if (ts.isNumericLiteral(literal)) return Number(literal.text);
  return literal.kind === ts.SyntaxKind.TrueKeyword;
}

function importsName(file: ts.SourceFile, name: string): boolean {
  return file.statements.some((statement) => {
    if (!ts.isImportDeclaration(statement)) return false;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined) return false;
    return ts.isNamedImports(bindings)
      ? bindings.elements.some((it) => it.name.text === name)
      : bindings.name.text === name;
  });
}
