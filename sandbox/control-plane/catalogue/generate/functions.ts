import ts from "typescript";
import { descendants, dotted, nameOf } from "./syntax.ts";

/** A function (data source) of an SDK: its token, the arguments that it sends, and the exported function that sends them. */
export interface InvokedFunction {
  readonly token: string;
  readonly names: readonly string[];
  readonly declaredBy: string | undefined;
}

const INVOKES = new Set(["invoke", "invokeSingle"]);

/** The functions that a file invokes by a literal token; their `…Output` variants send the same and are left out. */
export function functionsOf(file: ts.SourceFile): InvokedFunction[] {
  return file.statements.flatMap((statement) => {
    const declaredBy = ts.isFunctionDeclaration(statement) ? statement.name?.text : undefined;
    return descendants(statement, ts.isCallExpression).flatMap((call) => {
      const invoked = invokedBy(call);
      return invoked === undefined ? [] : [{ ...invoked, declaredBy }];
    });
  });
}

/** The name of the interface of a function's arguments, from its declaration. */
export function argumentsOf(file: ts.SourceFile, name: string): string | undefined {
  const declaration = file.statements.filter(ts.isFunctionDeclaration).find((it) => it.name?.text === name);
  const type = declaration?.parameters[0]?.type;
  return type !== undefined && ts.isTypeReferenceNode(type) ? dotted(type.typeName) : undefined;
}

function invokedBy(call: ts.CallExpression): Omit<InvokedFunction, "declaredBy"> | undefined {
  const { expression: callee } = call;
  const [token, args] = call.arguments;
  if (!ts.isPropertyAccessExpression(callee) || !INVOKES.has(callee.name.text)) return undefined;
  if (token === undefined || args === undefined) return undefined;
  if (!ts.isStringLiteral(token) || !ts.isObjectLiteralExpression(args)) return undefined;
  return {
    token: token.text,
    names: args.properties.flatMap((it) => (it.name === undefined ? [] : [nameOf(it.name)])),
  };
}
