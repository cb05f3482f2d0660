import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { keyOf, type PackageName } from "../../../sandbox/control-plane/catalogue/packages.ts";

/** The tokens of all resource types of a package, from the generated catalogue. */
export function readTokens(name: PackageName): readonly string[] {
  const file = new URL(`../../../.alicerce/cache/catalogue/${keyOf(name)}/tokens.json`, import.meta.url);
  const { resources } = JSON.parse(readFileSync(fileURLToPath(file), "utf8")) as {
    readonly resources: readonly string[];
  };
  return resources.filter((it) => !it.startsWith("pulumi:providers:"));
}
