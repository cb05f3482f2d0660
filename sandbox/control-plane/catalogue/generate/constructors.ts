import ts from "typescript";
import { descendants, nameOf, stringsOf } from "./syntax.ts";

/** How a constructor of an SDK sets one input. */
export interface Assignment {
  readonly constant?: string;
  readonly secret: boolean;
}

/** What can be read from a resource class in an SDK's JavaScript. */
export interface ResourceClass {
  readonly name: string;
  readonly token: string;
  readonly kind: "custom" | "component" | "provider";
  readonly inputs: ReadonlyMap<string, Assignment>;
  readonly required: ReadonlySet<string>;
  readonly outputs: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly aliases: readonly string[];
}

const KINDS: Readonly<Record<string, ResourceClass["kind"]>> = {
  CustomResource: "custom",
  ComponentResource: "component",
  ProviderResource: "provider",
};

/** The resource classes of a file: those that carry a type token and extend one of Pulumi's own classes. */
export function resourceClassesOf(file: ts.SourceFile): ResourceClass[] {
  return file.statements
    .filter(ts.isClassDeclaration)
    .flatMap((declaration) => resourceClassOf(file, declaration) ?? []);
}

function resourceClassOf(file: ts.SourceFile, declaration: ts.ClassDeclaration): ResourceClass | undefined {
  const kind = kindOf(declaration);
  const name = declaration.name?.text;
  const body = constructorOf(declaration);
  if (kind === undefined || name === undefined || body === undefined) return undefined;
  const type = tokenWithin(declaration) ?? tokenAfter(file, name);
  if (type === undefined) return undefined;
  const token = kind === "provider" ? `pulumi:providers:${type}` : type;
  return { name, kind, token, ...read(body) };
}

function kindOf({ heritageClauses }: ts.ClassDeclaration): ResourceClass["kind"] | undefined {
  const parent = heritageClauses?.[0]?.types[0]?.expression;
  return parent !== undefined && ts.isPropertyAccessExpression(parent) ? KINDS[parent.name.text] : undefined;
}

function constructorOf({ members }: ts.ClassDeclaration): ts.Block | undefined {
  return members.find(ts.isConstructorDeclaration)?.body;
}

function tokenWithin({ members }: ts.ClassDeclaration): string | undefined {
  const field = members.filter(ts.isPropertyDeclaration).find((it) => nameOf(it.name) === "__pulumiType");
  return literal(field?.initializer);
}

/** Older generators assign the token after the class: `Cluster.__pulumiType = …`. */
function tokenAfter(file: ts.SourceFile, name: string): string | undefined {
  const assigned = file.statements.map(assignmentOf).find((it) => {
    if (it === undefined || !ts.isPropertyAccessExpression(it.left) || it.left.name.text !== "__pulumiType")
      return false;
    return ts.isIdentifier(it.left.expression) && it.left.expression.text === name;
  });
  return literal(assigned?.right);
}

function read(body: ts.Block): Omit<ResourceClass, "name" | "kind" | "token"> {
  const inputs = new Map<string, Assignment>();
  const outputs: string[] = [];
  const { statements } = creationBranch(body);
  for (const assigned of statements.map(assignmentOf)) {
    if (assigned === undefined || !ts.isElementAccessExpression(assigned.left)) continue;
    const name = literal(assigned.left.argumentExpression);
    if (name === undefined) {
      throw new Error(
        "a constructor of an SDK computes the name of an input, which the resource catalogue cannot read",
      );
    }
    outputs.push(name);
    const input = inputOf(assigned.right);
    if (input !== undefined) inputs.set(name, input);
  }
  const required = new Set(statements.filter(ts.isIfStatement).flatMap(demandedBy));
  return { inputs, required, outputs, ...optionsOf(body) };
}

/** The property whose absence a check refuses: `Missing required property 'roleArn'`. */
function demandedBy(check: ts.IfStatement): string[] {
  const message = descendants(check, ts.isStringLiteral).find((it) => it.text.startsWith("Missing required property"));
  const name = message?.text.split("'")[1];
  return name === undefined ? [] : [name];
}

/** The branch of a constructor that creates, not the one that looks up an existing resource; a provider has only the first. */
function creationBranch(body: ts.Block): ts.Block {
  for (const statement of body.statements) {
    if (ts.isBlock(statement)) return statement;
    if (!ts.isIfStatement(statement)) continue;
    const negated = ts.isPrefixUnaryExpression(statement.expression);
    const branch = negated ? statement.thenStatement : statement.elseStatement;
    if (branch !== undefined && ts.isBlock(branch)) return branch;
  }
  throw new Error("a resource's constructor has no branch that creates");
}

function inputOf(value: ts.Expression): Assignment | undefined {
  if (ts.isIdentifier(value) && value.text === "undefined") return undefined;
  const constant = literal(value);
  if (constant !== undefined) return { constant, secret: false };
  const secret = descendants(value, ts.isPropertyAccessExpression).some((it) => it.name.text === "secret");
  return { secret };
}

function optionsOf(body: ts.Block): Pick<ResourceClass, "additionalSecretOutputs" | "aliases"> {
  const properties = descendants(body, ts.isPropertyAssignment);
  const values = (name: string) =>
    properties.filter((it) => nameOf(it.name) === name).flatMap((it) => stringsOf(it.initializer));
  return { additionalSecretOutputs: values("additionalSecretOutputs"), aliases: values("aliases") };
}

function assignmentOf(statement: ts.Statement): ts.BinaryExpression | undefined {
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return undefined;
  return statement.expression.operatorToken.kind === ts.SyntaxKind.EqualsToken ? statement.expression : undefined;
}

function literal(node: ts.Expression | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}
