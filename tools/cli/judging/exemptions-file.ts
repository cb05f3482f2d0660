import { readFile } from "node:fs/promises";
import type { Exemption } from "../../../policies/exemptions/exemption.ts";
import { UsageError, wordsFor } from "../exit-code.ts";

/** The exemptions in a file of JSON; throws `UsageError` where it cannot be read or is no JSON, and `ExemptionError` with all faults in it. */
export async function exemptionsIn(file: string): Promise<readonly Exemption[]> {
  const { readExemptions } = await import("../../../policies/exemptions/exemption.ts");
  return readExemptions(parsed(file, await textOf(file)));
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new UsageError(`the exemptions in ${file} cannot be read: ${wordsFor(error)}`);
  }
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`the exemptions in ${file} cannot be read: it is no JSON`);
  }
}
