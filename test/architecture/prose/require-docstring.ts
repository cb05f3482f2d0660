import type { Rule } from "eslint";

type Node = Rule.Node;

/**
 * A lint rule: each exported declaration has a docstring, the first one where a function has several signatures. What `rule({ … })` makes
 * needs none, because its description is one, which the program itself prints.
 */
export const requireDocstring: Rule.RuleModule = {
  meta: { type: "suggestion", schema: [], messages: { missing: "An export must have a docstring: what it is for." } },
  create(context) {
    const { sourceCode } = context;
    const isDocumented = (node: Node): boolean => {
      const comment = sourceCode.getCommentsBefore(node).at(-1);
      return comment?.type === "Block" && comment.value.startsWith("*");
    };
    const previous = (node: Node): Node | undefined => {
      const before = sourceCode.ast.body[sourceCode.ast.body.indexOf(node as never) - 1];
      return before as Node | undefined;
    };
    return {
      "ExportNamedDeclaration[declaration!=null], ExportDefaultDeclaration": (node: Node) => {
        const before = previous(node);
        const isLaterSignature = before !== undefined && nameOf(before) === nameOf(node);
        if (isDocumented(node) || isLaterSignature || isDescribed(node)) return;
        context.report({ node, messageId: "missing" });
      },
    };
  },
};

function nameOf(node: Node): unknown {
  const declaration = node.type === "ExportNamedDeclaration" ? node.declaration : undefined;
  return declaration && "id" in declaration ? declaration.id.name : node;
}

function isDescribed(node: Node): boolean {
  if (node.type !== "ExportNamedDeclaration" || node.declaration?.type !== "VariableDeclaration") return false;
  return node.declaration.declarations.every(
    ({ init }) => init?.type === "CallExpression" && init.callee.type === "Identifier" && init.callee.name === "rule",
  );
}
