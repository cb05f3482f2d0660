import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import * as pulumi from "@pulumi/pulumi";

/** The code of a service's Lambda function, as the JavaScript that Lambda runs: an archive whose `index.mjs` exports `handler`. */
export async function lambdaCode(service: string): Promise<pulumi.asset.Archive> {
  const source = await readFile(new URL(`../services/${service}/handler.ts`, import.meta.url), "utf8");
  return new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset(javascriptOf(source)) });
}

/** Node warns that this API is young; every `pulumi up` would show it as a warning of the stack. */
function javascriptOf(source: string): string {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}
