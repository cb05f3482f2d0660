import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { UNKNOWN } from "../../../../plan/model.ts";
import { rootOf } from "../../../../sandbox/control-plane/catalogue/packages.ts";

/** One resource of an example in the SDK's documentation. */
export interface Example {
  /** `aws.s3.Bucket`. */
  readonly class: string;
  /** What is no literal is `UNKNOWN`. */
  readonly inputs: Record<string, unknown>;
}

/** The resources of all examples in the documentation comments of `@pulumi/aws`. */
export function* sdkExamples(): Generator<Example> {
  const root = rootOf("aws");
  for (const file of readdirSync(root, { recursive: true, encoding: "utf8" }).sort()) {
    if (!file.endsWith(".d.ts") || file.startsWith("types")) continue;
    for (const [, comment = ""] of readFileSync(join(root, file), "utf8").matchAll(/```typescript\n([\s\S]*?)```/g))
      yield* resourcesOf(
        comment
          .replace(/^ *\* ?/gm, "")
          .replaceAll("&#42;", "*")
          .replaceAll("*&#47;", "*/"),
      );
  }
}

function resourcesOf(code: string): Example[] {
  const file = ts.createSourceFile("example.ts", code, ts.ScriptTarget.Latest, false);
  const found: Example[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node)) {
      const inputs = node.arguments?.[1];
      if (inputs !== undefined && ts.isObjectLiteralExpression(inputs))
        found.push({ class: node.expression.getText(file), inputs: valueOf(inputs) as Record<string, unknown> });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function valueOf(node: ts.Expression): unknown {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isPrefixUnaryExpression(node) && ts.isNumericLiteral(node.operand)) return -Number(node.operand.text);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(valueOf);
  if (!ts.isObjectLiteralExpression(node)) return UNKNOWN;
  const members = node.properties.filter(ts.isPropertyAssignment).map(({ name, initializer }) => {
    const key = ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : "";
    return [key, valueOf(initializer)] as const;
  });
  return Object.fromEntries(members.filter(([key]) => key !== ""));
}
