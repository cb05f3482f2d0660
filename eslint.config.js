import tseslint from "typescript-eslint";
import { requireDocstring } from "./test/architecture/prose/require-docstring.ts";

/** Waits of one second, which is what Vitest gives them by default. */
const HASTY = [
  {
    selector:
      ":matches(CallExpression[callee.property.name='waitFor'], CallExpression[callee.property.name='poll'])[arguments.length=1]",
    message: "Say how long to wait: by default it is one second, which a busy machine takes for nothing.",
  },
];

/** With the namespace object, a bundle holds all of zod, its messages in fifty languages among it: 264 kB. */
const WHOLE_ZOD = {
  selector: "ImportDeclaration[source.value='zod'][importKind='value'] > ImportSpecifier",
  message: 'Write `import * as z from "zod"`: of that, a bundle holds only what is used.',
};

export default tseslint.config(
  { ignores: ["node_modules/", ".alicerce/", "coverage/"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { arguments: false } }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // Index signatures are read with brackets (noPropertyAccessFromIndexSignature is a matter of taste; this is ours).
      "@typescript-eslint/dot-notation": "off",
      // `{ [tenant: string]: … }` says what its keys are; `Record<string, …>` does not.
      "@typescript-eslint/consistent-indexed-object-style": "off",
      // A Pulumi resource exists by being constructed.
      "no-new": "off",
      // How a file brings the types of a package that has none.
      "@typescript-eslint/triple-slash-reference": ["error", { path: "always" }],
      complexity: ["error", 10],
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 40, skipBlankLines: true, skipComments: true }],
      eqeqeq: "error",
      "no-restricted-syntax": ["error", WHOLE_ZOD],
    },
  },
  {
    files: ["**/*.ts"],
    ignores: ["test/**", "bench/**", "*.config.ts"],
    plugins: { ours: { rules: { "require-docstring": requireDocstring } } },
    rules: { "ours/require-docstring": "error" },
  },
  {
    files: ["test/**/*.ts", "bench/**/*.ts"],
    rules: {
      "max-lines-per-function": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      "no-restricted-syntax": ["error", ...HASTY, WHOLE_ZOD],
    },
  },
  {
    // Lists of changes of what providers take, which has no type.
    files: ["test/planted/{leaks,cuts}/*.ts", "test/policies/proofs/cuts.ts"],
    rules: {
      "max-lines": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
);
