import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { packageSpecs } from "../generate/package-specs.ts";
import { Sdk } from "../generate/sdk.ts";
import { findLimits, linesOf } from "./find.ts";
import { Models } from "./models.ts";

// Usage: `node sandbox/control-plane/catalogue/limits/main.ts [version of botocore]`. Writes `limits.jsonl`, which is committed.
const OUTPUT = fileURLToPath(new URL("limits.jsonl", import.meta.url));
const [, , version] = process.argv;
const folder = mkdtempSync(join(tmpdir(), "botocore-"));
try {
  const found = await download(version === undefined ? "botocore" : `botocore==${version}`);
  const sdk: Sdk = new Sdk("aws", () => sdk);
  const { resources } = packageSpecs(sdk, (it) => it);
  const nested = (ref: string) => sdk.nested(ref.slice("aws:".length));
  const limits = findLimits(resources, { models: new Models(folder), nested });
  writeFileSync(OUTPUT, linesOf(limits, { source: `botocore ${found}`, licence: "Apache-2.0" }));
  console.log(
    `${limits.types} types, ${limits.owners.size} objects, ${limits.properties} properties, ${limits.shapes.size} forms`,
  );
  console.log(`${limits.unlike.length} types whose operation takes other inputs: ${limits.unlike.join(", ")}`);
} finally {
  rmSync(folder, { recursive: true });
}

/** Unpacks botocore's wheel from PyPI, by pip in a virtual environment of its own; answers its version. */
async function download(requirement: string): Promise<string> {
  await execa("python3", ["-m", "venv", join(folder, "venv")]);
  await execa(join(folder, "venv", "bin", "pip"), ["--quiet", "download", "--no-deps", "--dest", folder, requirement]);
  const wheel = readdirSync(folder).find((it) => it.endsWith(".whl"));
  if (wheel === undefined) throw new Error(`pip downloaded no wheel of ${requirement}`);
  await execa("python3", ["-m", "zipfile", "-e", join(folder, wheel), folder]);
  return wheel.split("-")[1] ?? "";
}
