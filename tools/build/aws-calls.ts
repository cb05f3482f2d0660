import { readFile } from "node:fs/promises";
import path from "node:path";
import { format } from "prettier";
import ts from "typescript";
import { actionsOf, mayCallAws } from "./aws-actions.ts";

/** Where the calls are written. */
export const CALLS_FILE = "releases/aws-calls.ts";

/** The files of a bundle that call an action, by action. */
export type Calls = Readonly<Record<string, readonly string[]>>;

/** A bundle, and the sources that it was put together from, relative to the checkout. */
export interface BundledSources {
  readonly name: string;
  readonly sources: readonly string[];
}

/** Code that uses the AWS SDK in a way that is not understood, so that nobody could say what it calls. */
export class AwsCallError extends Error {
  readonly code = "ERR_AWS_CALL";

  constructor(file: string, what: string) {
    super(`${file}: ${what}: import commands by their names from a client that tools/build/aws-actions.ts lists`);
    this.name = "AwsCallError";
  }
}

/** What a bundle calls: every command and paginator that one of its sources imports. Throws `AwsCallError`. */
export async function awsCallsOf({ sources }: BundledSources, project: string): Promise<Calls> {
  const calls = new Map<string, string[]>();
  for (const file of sources.filter((it) => it.startsWith("services/") && it.endsWith(".ts")).toSorted()) {
    const actions = actionsIn(file, await readFile(path.join(project, file), "utf8"));
    for (const it of actions) calls.set(it, [...(calls.get(it) ?? []), file]);
  }
  return Object.fromEntries([...calls].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The actions that a source calls, by what it imports from the AWS SDK. Throws `AwsCallError`. */
export function actionsIn(file: string, text: string): ReadonlySet<string> {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const actions = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) for (const it of actionsOfImport(file, node)) actions.add(it);
    else requireNoOtherWay(file, node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return actions;
}

/** The text of the file that says what every bundle calls. */
export async function callsText(bundles: readonly BundledSources[], project: string): Promise<string> {
  const all = await Promise.all(bundles.map(async (it) => [it.name, await awsCallsOf(it, project)] as const));
  const sorted = Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const text = `// Written by \`npm run build\` from what services import from the AWS SDK.

/** The IAM actions that the code of each bundle calls, with the files that call them. */
export const AWS_CALLS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = ${JSON.stringify(sorted)};
`;
  return format(text, { parser: "typescript", printWidth: 120 });
}

function actionsOfImport(file: string, { moduleSpecifier, importClause }: ts.ImportDeclaration): readonly string[] {
  const packageName = ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : "";
  if (!mayCallAws(packageName) || importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
  const { namedBindings, name } = importClause ?? {};
  if (name !== undefined || namedBindings === undefined || !ts.isNamedImports(namedBindings))
    throw new AwsCallError(file, `all of ${packageName} is imported`);
  const names = namedBindings.elements.filter((it) => !it.isTypeOnly).map((it) => (it.propertyName ?? it.name).text);
  return names.flatMap((it) => {
    const actions = actionsOf(packageName, it);
    if (actions === undefined) throw new AwsCallError(file, `what ${it} of ${packageName} calls is not known`);
    return actions;
  });
}

/** What is loaded by `import()` or `require`, or exported from elsewhere, is not followed. */
function requireNoOtherWay(file: string, node: ts.Node): void {
  const loaded = ts.isCallExpression(node)
    ? node.arguments[0]
    : ts.isExportDeclaration(node)
      ? node.moduleSpecifier
      : undefined;
  if (loaded !== undefined && ts.isStringLiteral(loaded) && mayCallAws(loaded.text))
    throw new AwsCallError(file, `${loaded.text} is loaded or exported on the way`);
}
